// How many deployments a core judges in a second, with full evidence and every rule.
import { performance } from 'node:perf_hooks';
import {
  RULES,
  evaluate,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import {
  NOW,
  goodEvidence,
} from '../plugins/coder-fleet-common/src/cva/__testUtils__/evidence';
import { print } from './report';

const WARM_UP_MS = 1_000;
const RUN_MS = 3_000;

/** Calls in a second of CPU, however busy the machine is with other things. */
function rate(work: () => void, ms: number): number {
  const begin = performance.now();
  const before = process.cpuUsage();
  let calls = 0;
  while (performance.now() - begin < ms) {
    work();
    calls += 1;
  }
  const { user, system } = process.cpuUsage(before);
  return (1e6 * calls) / (user + system);
}

function main(): void {
  // Fleets differ: in tier and edition
  const fleet = [
    {},
    { users: { expected: 3000 } },
    { edition: 'community', users: { expected: 50 } },
  ].map(spec => goodEvidence({ spec }));
  let turn = 0;
  const judge = () => {
    evaluate({ evidence: fleet[turn % fleet.length], now: NOW });
    turn += 1;
  };
  const text = JSON.stringify(fleet[0]);
  const parse = () => JSON.parse(text);
  rate(judge, WARM_UP_MS);
  const deploymentsPerSecond = rate(judge, RUN_MS);
  const parsesPerSecond = rate(parse, RUN_MS / 3);
  print({
    name: 'rules',
    figures: { deploymentsPerSecond, rules: RULES.length },
    baseline: { parsesPerSecond },
    ratios: { timePerParse: parsesPerSecond / deploymentsPerSecond },
  });
}

main();
