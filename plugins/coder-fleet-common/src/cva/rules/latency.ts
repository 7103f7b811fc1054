import { conclude, expect } from '../conclude';
import { LINKS } from '../links';
import type { Check } from '../Look';
import type { Rule } from '../rule';

/** Targets between users or workspaces and the control plane. Source: Coder docs, networking. */
const MAX_ROUND_TRIP_MS = 400;
const MAX_PACKET_LOSS = 0.005;

/** Target of queries and builds. Source: Coder docs, scale testing. */
const MAX_API_P95_MS = 300;

/** @internal */
export const latency: Rule = {
  id: 'DOC-NET-004',
  chapter: 'networking',
  title: 'Latency and loss are within their targets',
  origin: 'coder-docs',
  severity: 'medium',
  rationale:
    'Beyond these figures terminals lag and connections break, however large the deployment is.',
  remediation:
    'Put a workspace proxy near the users, and look for the slow part of the way; slow API requests ask for more CPU or a faster database.',
  url: LINKS.networking,
  needs: ['prometheus.network', 'prometheus.apiLatency'],
  verdicts: ['pass', 'warn', 'unknown'],
  judge: look =>
    conclude(
      [
        ...look.of('prometheus.network', ({ roundTripMs, packetLoss }) => [
          within('round trip', roundTripMs, MAX_ROUND_TRIP_MS, 'ms'),
          within(
            'packet loss',
            packetLoss === undefined ? undefined : percent(packetLoss),
            percent(MAX_PACKET_LOSS),
            '%',
          ),
        ]),
        ...look.running('prometheus.apiLatency', ({ p95Ms }) => [
          {
            ...within(
              'API requests, 95th percentile',
              p95Ms,
              MAX_API_P95_MS,
              'ms',
            ),
            fact: 'prometheus.apiLatency' as const,
          },
        ]),
      ],
      'Latency and loss are within their targets',
    ),
};

function percent(part: number): number {
  return Number((part * 100).toFixed(3));
}

function within(
  subject: string,
  value: number | undefined,
  below: number,
  unit: string,
): Check {
  return expect(
    value !== undefined && value < below,
    {
      fact: 'prometheus.network',
      subject,
      seen: value === undefined ? 'not measured' : `${value} ${unit}`,
      wanted: `below ${below} ${unit}`,
    },
    value === undefined ? 'unknown' : 'warn',
  );
}
