import { useRouteRef } from '@backstage/core-plugin-api';
import { BreadcrumbEntry } from '@backstage/frontend-plugin-api';
import { useNavigate, useParams } from 'react-router-dom';
import { deploymentRouteRef, rootRouteRef } from '../../routes';
import { PageFrame, type PageShell } from '../PageFrame';
import { DeploymentContent } from './DeploymentContent';

/**
 * One deployment.
 *
 * @internal
 */
export const DeploymentPage = (props: { shell: PageShell }) => {
  const { name = '' } = useParams();
  const navigate = useNavigate();
  const fleetPath = useRouteRef(rootRouteRef)();
  const ownPath = useRouteRef(deploymentRouteRef)({ name });
  return (
    // Outside the new system there are no breadcrumbs, and this does nothing.
    <BreadcrumbEntry entry={{ label: name, href: ownPath }}>
      <PageFrame shell={props.shell} parentPath={fleetPath} title={name}>
        <DeploymentContent
          key={name}
          name={name}
          onUnregistered={() => navigate(fleetPath)}
        />
      </PageFrame>
    </BreadcrumbEntry>
  );
};
