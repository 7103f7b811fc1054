import {
  HEALTH_SECTIONS,
  SIMULATED_ROUTES,
} from '@coder-fleet/coder-simulator';
import type { Faults } from '@coder-fleet/coder-simulator';
import { answerSchema, placesIn, problemOfAnswer, toProblem } from './answers';
import type { Deviations } from './Deviations';
import type { OpenApi } from './OpenApi';
import type { Operation } from './operations';
import type { Problem, Report } from './Report';
import type {
  Caller,
  SimulatedFleet,
  SimulatorAnswer,
  SimulatorCall,
} from './simulatedFleet';

const DEPLOYMENTS = ['full', 'plain', 'unlicensed', 'oss'];

const CALLERS: readonly Caller[] = [
  ...(['owner', 'auditor', 'siteAuditor', 'templateAdmin'] as const),
  ...(['userAdmin', 'member', 'nobody', 'stranger'] as const),
];

/** What is asked for besides the plain path, by path. */
const QUERIES: Readonly<Record<string, readonly string[]>> = {
  '/api/v2/debug/health': ['?force=true'],
  '/api/v2/users': ['?limit=1', '?q=status:dormant&limit=2', '?limit=x'],
  '/api/v2/workspaces': ['?limit=1', '?q=status:failed&limit=2'],
  '/api/v2/organizations/{organization}/provisionerdaemons': [
    '?limit=100&offline=true',
    '?surprise=1',
  ],
  '/api/v2/organizations/{organization}/provisionerjobs': [
    '?limit=1000',
    '?status=pending,running',
  ],
};

/** Bodies that are sent, by path. */
const BODIES: Readonly<Record<string, readonly unknown[]>> = {
  '/api/v2/authcheck': [
    {
      checks: {
        health: { object: { resource_type: 'debug_info' }, action: 'read' },
        own: {
          object: { resource_type: 'workspace', owner_id: 'me' },
          action: 'read',
        },
      },
    },
    { checks: { nothing: { object: {}, action: 'read' } } },
  ],
};

/** States that pass: every section of the health report wrong in both ways, and refusals. */
const MOMENTS: readonly Faults[] = [
  { health: everySection('warning') },
  { health: everySection('error') },
  { rateLimited: true },
  { status500: true },
  { healthInProgress: true },
];

function everySection(severity: 'warning' | 'error'): Faults['health'] {
  const fault = { severity, code: 'EUNKNOWN', message: 'went wrong' };
  return Object.fromEntries(HEALTH_SECTIONS.map(name => [name, fault]));
}

type Context = {
  api: OpenApi;
  deviations: Deviations;
  report: Report;
  fleet: SimulatedFleet;
  /** Places of the document that were answered, by operation. */
  sent: Map<string, Set<string>>;
};

/**
 * Asks the simulator everything that it can be asked, as everybody who may ask, and checks each answer.
 * Returns the places of the document that were answered, by operation.
 */
export async function checkSimulator(
  options: Omit<Context, 'sent'>,
): Promise<Map<string, Set<string>>> {
  const context: Context = { ...options, sent: new Map() };
  // Not a minute old: some answers are not there yet.
  await askAll(context, { deployments: ['plain'], callers: ['owner'] });
  context.fleet.settle();
  await askAll(context, { deployments: DEPLOYMENTS, callers: CALLERS });
  for (const faults of MOMENTS) {
    await context.fleet.setFaults('plain', faults);
    await askAll(context, { deployments: ['plain'], callers: ['owner'] });
  }
  await context.fleet.setFaults('plain', {});
  return context.sent;
}

async function askAll(
  context: Context,
  who: { deployments: readonly string[]; callers: readonly Caller[] },
): Promise<void> {
  for (const deployment of who.deployments) {
    const parameters = await parametersOf(context.fleet, deployment);
    for (const { method, path } of SIMULATED_ROUTES) {
      const filled = path.replace(
        /\{(\w+)\}/g,
        (_, name) => parameters.get(name) ?? 'me',
      );
      for (const caller of who.callers) {
        for (const query of ['', ...(QUERIES[path] ?? [])]) {
          for (const body of BODIES[path] ?? [undefined]) {
            await ask(context, {
              template: path,
              call: { deployment, caller, method, path: filled + query, body },
            });
          }
        }
      }
    }
  }
}

/** Values for the variable segments of paths. */
async function parametersOf(
  fleet: SimulatedFleet,
  deployment: string,
): Promise<Map<string, string>> {
  const answer = await fleet.send({
    ...{ deployment, caller: 'owner', method: 'GET' },
    path: '/api/v2/templates',
  });
  // While everything is refused, any value will do.
  const [template] = answer.status === 200 ? JSON.parse(answer.text) : [{}];
  return new Map([
    ['organization', template.organization_id ?? 'default'],
    ['template', template.id ?? 'none'],
    ['templateversion', template.active_version_id ?? 'none'],
  ]);
}

async function ask(
  context: Context,
  { template, call }: { template: string; call: SimulatorCall },
): Promise<void> {
  const { api, deviations, report, fleet } = context;
  const operation = api.findTemplate(call.method, template);
  const name = operation?.name ?? `${call.method} ${template}`;
  const answer = await fleet.send(call);
  const occasion = `${call.caller} at ${call.deployment}, ${call.path}`;
  const undocumented = { message: 'is not documented', occasion };
  report.add({
    operation: name,
    kind: 'answers',
    problem: operation
      ? problemOf(context, { operation, answer, occasion })
      : known(deviations.isUndocumented(name), undocumented),
  });
}

function known(isKnown: boolean, problem: Problem): Problem | undefined {
  return isKnown ? undefined : problem;
}

function problemOf(
  { api, deviations, sent }: Context,
  asked: { operation: Operation; answer: SimulatorAnswer; occasion: string },
): Problem | undefined {
  const { operation, occasion } = asked;
  const { status, headers, text } = asked.answer;
  if (!headers['content-type']?.startsWith('application/json')) {
    return { message: 'the answer is not JSON', occasion };
  }
  const body: unknown = JSON.parse(text);
  const schema = answerSchema(api, deviations, operation);
  if (status === 200 && schema) {
    const places = sent.get(operation.name) ?? new Set();
    for (const place of placesIn(api, schema, body)) {
      places.add(place);
    }
    sent.set(operation.name, places);
  }
  const mismatch = problemOfAnswer(api, deviations, {
    operation,
    status,
    body,
  });
  return mismatch && toProblem(mismatch, occasion);
}
