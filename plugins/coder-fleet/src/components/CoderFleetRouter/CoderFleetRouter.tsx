import { Route, Routes } from 'react-router-dom';
import { DeploymentPage } from '../DeploymentPage';
import { FleetPage } from '../FleetPage';
import type { PageShell } from '../PageFrame';

/**
 * The pages of Coder Fleet.
 *
 * @internal
 */
export const CoderFleetRouter = (props: { shell: PageShell }) => (
  <Routes>
    <Route path="/" element={<FleetPage {...props} />} />
    <Route path=":name/*" element={<DeploymentPage {...props} />} />
  </Routes>
);
