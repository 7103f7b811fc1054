import { CoderClient } from '@coder-fleet/backstage-plugin-coder-fleet-node';
import { CLIENT_CALLS } from './clientCalls';
import type { ClientCall, Ids } from './clientCalls';
import { cannedClient, simulatorClient } from './coderClients';
import type { Deviations } from './Deviations';
import type { OpenApi } from './OpenApi';
import { checkParser } from './parserChecks';
import type { Report } from './Report';
import { operationOf, problemOfRequest } from './requests';
import type { SimulatedFleet } from './simulatedFleet';

const CANNED_IDS: Ids = {
  organization: '27d7c232-2499-445f-a461-f0576fb51b1e',
  templateVersion: '3e3dc584-dd43-48e5-a85a-9d6b4ff7965e',
};

type Context = {
  api: OpenApi;
  deviations: Deviations;
  report: Report;
  fleet: SimulatedFleet;
  /** Places of the document that the simulator answered, by operation. */
  sent: ReadonlyMap<string, ReadonlySet<string>>;
};

/** Checks every request and every parser of the client. */
export async function checkClient(context: Context): Promise<void> {
  checkThatAllAreCalled(context.report);
  const ids = await realIds(context.fleet);
  for (const [method, calls] of Object.entries(CLIENT_CALLS)) {
    for (const [index, call] of calls.entries()) {
      const operation = await checkRequest(context, { method, call });
      await checkWithSimulator(context, { method, call, ids, operation });
      if (index === 0) {
        await checkParser(context, {
          method,
          operation,
          read: async answer => call(cannedClient(answer).coder, CANNED_IDS),
        });
      }
    }
  }
}

function checkThatAllAreCalled(report: Report): void {
  const methods = Object.getOwnPropertyNames(CoderClient.prototype).filter(
    name => name !== 'constructor',
  );
  for (const method of methods) {
    report.add({
      operation: 'CoderClient',
      kind: 'requests',
      problem: Object.hasOwn(CLIENT_CALLS, method)
        ? undefined
        : { message: `${method} is not checked`, occasion: 'clientCalls.ts' },
    });
  }
}

/** Sends the request into the void and checks it; the name of its operation. */
async function checkRequest(
  { api, deviations, report }: Context,
  { method, call }: { method: string; call: ClientCall },
): Promise<string> {
  const { coder, requests } = cannedClient({});
  await call(coder, CANNED_IDS);
  const [request] = requests;
  const { name, operation } = operationOf(api, request);
  const undocumented = deviations.isUndocumented(name)
    ? undefined
    : 'is not documented';
  const message = operation
    ? problemOfRequest({ api, deviations }, operation, request)
    : undocumented;
  report.add({
    operation: name,
    kind: 'requests',
    problem: message ? { message, occasion: method } : undefined,
  });
  return name;
}

/** The simulator answers the request as the client understands it. */
async function checkWithSimulator(
  { fleet, report }: Context,
  options: { method: string; call: ClientCall; ids: Ids; operation: string },
): Promise<void> {
  const { method, call, ids, operation } = options;
  const attempt = await call(simulatorClient(fleet, 'full'), ids);
  report.add({
    operation,
    kind: 'requests',
    problem:
      attempt.status === 'ok'
        ? undefined
        : {
            message: `the simulator's answer is ${attempt.status}: ${attempt.message}`,
            occasion: method,
          },
  });
}

async function realIds(fleet: SimulatedFleet): Promise<Ids> {
  const templates = await simulatorClient(fleet, 'full').templates();
  const [template] = templates.status === 'ok' ? templates.value : [];
  return {
    organization: 'default',
    templateVersion: template?.activeVersionId ?? 'none',
  };
}
