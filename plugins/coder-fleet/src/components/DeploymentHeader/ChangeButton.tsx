import { useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  deploymentUpdatePermission,
  formOfSpec,
  type DeploymentDetail,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { useNavigate } from 'react-router-dom';
import { REQUEST_TEMPLATE } from '../../requestTemplate';
import { templateRouteRef } from '../../routes';
import { coderFleetTranslationRef } from '../../translation';
import { GuardedButton } from '../GuardedButton';

/**
 * Leads to the template, filled in with what is registered; nothing in a portal without a scaffolder, and for
 * files that are kept elsewhere: they are changed there.
 *
 * @internal
 */
export const ChangeButton = (props: {
  deployment: Pick<DeploymentDetail, 'name' | 'deployment' | 'repository'>;
}) => {
  const { name, deployment, repository } = props.deployment;
  const template = useRouteRef(templateRouteRef);
  const navigate = useNavigate();
  const { t } = useTranslationRef(coderFleetTranslationRef);
  if (!template || repository?.type === 'url') {
    return null;
  }
  const open = () => {
    const { form } = formOfSpec(name, deployment.spec);
    const query = new URLSearchParams({ formData: JSON.stringify(form) });
    navigate(`${template(REQUEST_TEMPLATE)}?${query}`);
  };
  return (
    <GuardedButton
      permission={deploymentUpdatePermission}
      resourceRef={name}
      deniedText={t('change.denied', {
        permission: deploymentUpdatePermission.name,
      })}
      onClick={open}
    >
      {t('change.action')}
    </GuardedButton>
  );
};
