import { useRouteRef } from '@backstage/core-plugin-api';
import {
  MissingAnnotationEmptyState,
  useEntity,
} from '@backstage/plugin-catalog-react';
import { ANNOTATION_DEPLOYMENT } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { useNavigate } from 'react-router-dom';
import { rootRouteRef } from '../../routes';
import { ClockProvider } from '../../time';
import { DeploymentContent } from '../DeploymentPage';

/**
 * The deployment that an entity belongs to, as its own page shows it.
 *
 * @internal
 */
export const EntityCoderFleetContent = () => {
  const { entity } = useEntity();
  const navigate = useNavigate();
  const fleetPath = useRouteRef(rootRouteRef);
  const name = entity.metadata.annotations?.[ANNOTATION_DEPLOYMENT];
  return name ? (
    <ClockProvider>
      <DeploymentContent
        key={name}
        name={name}
        onUnregistered={() => navigate(fleetPath())}
      />
    </ClockProvider>
  ) : (
    <MissingAnnotationEmptyState annotation={ANNOTATION_DEPLOYMENT} />
  );
};
