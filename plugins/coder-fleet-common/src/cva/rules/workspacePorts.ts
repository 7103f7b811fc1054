import { conclude, expect } from '../conclude';
import { LINKS } from '../links';
import type { Rule } from '../rule';

/** @internal */
export const workspacePorts: Rule = {
  id: 'CVA-NET-003',
  chapter: 'networking',
  title: 'Workspaces have no open port',
  origin: 'cva',
  severity: 'medium',
  rationale:
    'Workspaces call the control plane by themselves: a port that is open into them serves nobody but others in the cluster.',
  remediation:
    'Remove Services, host ports and network rules that lead into workspaces from the template.',
  url: LINKS.cvaNetworking,
  needs: ['templates.templates'],
  verdicts: ['pass', 'fail', 'unknown'],
  judge: look =>
    conclude(
      look.of('templates.templates', templates =>
        templates.map(({ name, source }) => {
          const fact = 'templates.templates';
          const subject = `open ports in ${name}`;
          return source
            ? expect(source.openPorts.length === 0, {
                fact,
                subject,
                seen: source.openPorts.join(', ') || 'none',
                wanted: 'none',
              })
            : {
                fact,
                subject,
                verdict: 'unknown',
                seen: 'its source was not looked at',
              };
        }),
      ),
      'Workspaces have no open port',
    ),
};
