import { CoderClient } from '@coder-fleet/backstage-plugin-coder-fleet-node';
import type {
  HttpClient,
  HttpRequest,
} from '@coder-fleet/backstage-plugin-coder-fleet-node';
import type { SimulatedFleet } from './simulatedFleet';

const ORIGIN = 'https://coder.example.com';

/** The token that the clients have. */
export const TOKEN = 'contract-token';

/** A client that is always answered with the same; `requests` are what it asked. */
export function cannedClient(body: unknown): {
  coder: CoderClient;
  requests: HttpRequest[];
} {
  const requests: HttpRequest[] = [];
  const http: HttpClient = {
    async request(request) {
      requests.push(request);
      return {
        status: 200,
        headers: {},
        text: () => (typeof body === 'string' ? body : JSON.stringify(body)),
        json: () => body,
      };
    },
  };
  const coder = CoderClient.create({
    origin: ORIGIN,
    http,
    credentials: { get: () => TOKEN },
  });
  return { coder, requests };
}

/** A client of a simulated deployment, with the token of its Owner. */
export function simulatorClient(
  fleet: SimulatedFleet,
  deployment: string,
): CoderClient {
  const http: HttpClient = {
    async request({ url, method = 'GET', body }) {
      const { pathname, search } = new URL(url);
      const { status, headers, text } = await fleet.send({
        ...{ deployment, caller: 'owner', method },
        path: pathname + search,
        body: typeof body === 'string' ? JSON.parse(body) : undefined,
      });
      return {
        ...{ status, headers },
        text: () => text,
        json: () => JSON.parse(text),
      };
    },
  };
  return CoderClient.create({
    origin: ORIGIN,
    http,
    credentials: { get: () => TOKEN },
    clock: () => fleet.now,
  });
}
