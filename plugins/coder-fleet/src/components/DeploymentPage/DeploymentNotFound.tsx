import { LinkButton } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { rootRouteRef } from '../../routes';
import { coderFleetTranslationRef } from '../../translation';
import { Notice } from '../Notice';

/**
 * Says that a name is not registered.
 *
 * @internal
 */
export const DeploymentNotFound = (props: { name: string }) => {
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const fleetPath = useRouteRef(rootRouteRef);
  return (
    <Notice
      title={t('deployment.notFound.title', { name: props.name })}
      description={t('deployment.notFound.description')}
      action={
        <LinkButton to={fleetPath()} variant="outlined" color="primary">
          {t('deployment.backToFleet')}
        </LinkButton>
      }
    />
  );
};
