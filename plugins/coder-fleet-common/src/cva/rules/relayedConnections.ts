import { conclude, expect } from '../conclude';
import {
  declared,
  describeVariable,
  envVariable,
  REPOSITORY,
} from '../declared';
import { LINKS } from '../links';
import type { Rule } from '../rule';

/** @internal */
export const derpRelay: Rule = {
  id: 'DOC-NET-005',
  chapter: 'networking',
  title: 'Replicas relay by addresses of their own',
  origin: 'coder-docs',
  severity: 'high',
  rationale:
    'The relay URL must lead to one replica: the access URL leads to any, and relayed connections end at the wrong one.',
  remediation:
    'Remove CODER_DERP_SERVER_RELAY_URL from the values: the chart sets it to the address of each pod.',
  url: LINKS.highAvailability,
  needs: ['spec.deployment', REPOSITORY, 'coderApi.serverOptions'],
  verdicts: ['pass', 'fail', 'unknown'],
  judge(look) {
    const name = 'CODER_DERP_SERVER_RELAY_URL';
    const host = new URL(look.spec.accessUrl).host;
    const leadsTo = (value: string) => value.includes(host);
    return conclude(
      [
        ...declared(look, values => {
          const value = describeVariable(envVariable(values, name));
          return expect(!envVariable(values, name), {
            fact: REPOSITORY,
            subject: name,
            seen: value,
            wanted: 'not set: the chart sets it',
          });
        }),
        ...look.running('coderApi.serverOptions', ({ [name]: option }) => {
          const value = String(option?.value ?? 'not set');
          return [
            expect(!leadsTo(value), {
              fact: 'coderApi.serverOptions',
              subject: 'relay URL of the running server',
              seen: value,
              wanted: 'not the access URL',
            }),
          ];
        }),
      ],
      'Replicas relay by addresses of their own',
    );
  },
};

/** @internal */
export const websockets: Rule = {
  id: 'DOC-NET-006',
  chapter: 'networking',
  title: 'Websockets pass',
  origin: 'coder-docs',
  severity: 'high',
  rationale:
    'Terminals, logs and relayed connections are websockets: a proxy in between that does not let them pass breaks all of them.',
  remediation:
    'Allow the headers Upgrade: websocket and Upgrade: derp in every proxy and load balancer on the way.',
  url: LINKS.healthCheck,
  needs: ['coderApi.health'],
  verdicts: ['pass', 'warn', 'fail', 'unknown'],
  judge: look =>
    conclude(
      look.of('coderApi.health', ({ sections }) => {
        const fact = 'coderApi.health';
        const section = sections.find(({ key }) => key === 'websocket');
        const forced = sections.some(({ warnings }) =>
          warnings.some(({ code }) => code === 'EDERP01'),
        );
        return [
          section
            ? expect(
                section.severity === 'ok',
                {
                  fact,
                  subject: 'websocket check of the server',
                  seen: section.error ?? section.severity,
                  wanted: 'ok',
                },
                section.severity === 'warning' ? 'warn' : 'fail',
              )
            : look.unknown(fact, 'websocket check of the server'),
          expect(
            !forced,
            {
              fact,
              subject: 'relays that fall back to websockets (EDERP01)',
              seen: forced ? 'some' : 'none',
              wanted: 'none',
            },
            'warn',
          ),
        ];
      }),
      'Websockets pass',
    ),
};
