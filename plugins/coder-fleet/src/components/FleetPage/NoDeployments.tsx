import { useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { templateRouteRef } from '../../routes';
import { coderFleetTranslationRef } from '../../translation';
import { Notice } from '../Notice';
import { RequestButton } from './RequestButton';

/**
 * An empty fleet, and how to get the first deployment.
 *
 * @internal
 */
export const NoDeployments = () => {
  const { t } = useTranslationRef(coderFleetTranslationRef);
  const template = useRouteRef(templateRouteRef);
  return (
    <Notice
      title={t('fleet.empty.title')}
      description={
        template ? t('fleet.empty.description') : t('fleet.empty.noTemplate')
      }
      action={
        <RequestButton label={t('fleet.empty.action')} variant="contained" />
      }
    />
  );
};
