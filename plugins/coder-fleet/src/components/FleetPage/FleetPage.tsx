import { PageFrame, type PageShell } from '../PageFrame';
import { FleetContent } from './FleetContent';

/**
 * The fleet: every deployment with the state it is in.
 *
 * @internal
 */
export const FleetPage = (props: { shell: PageShell }) => (
  <PageFrame shell={props.shell}>
    <FleetContent />
  </PageFrame>
);
