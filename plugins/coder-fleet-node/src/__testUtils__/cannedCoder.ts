import { CoderClient } from '../coder/CoderClient';
import type { CredentialLookup } from '../credentials/CredentialStore';
import type { HttpClient, HttpRequest } from '../http/HttpClient';
import { OutboundError } from '../http/OutboundError';

/** The origin that {@link withToken} has a token for. */
export const ORIGIN = 'https://coder.example.com';

/** That token. */
export const TOKEN = 'owner-token';

/** What the server answers; 200 by default. */
export type Canned = {
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
};

function canned(answer: Canned | Error) {
  const requests: HttpRequest[] = [];
  const http: HttpClient = {
    async request(request) {
      requests.push(request);
      if (answer instanceof Error) {
        throw answer;
      }
      const { status = 200, headers = {}, body } = answer;
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      return {
        status,
        headers,
        text: () => text,
        json: () => {
          try {
            return JSON.parse(text);
          } catch {
            throw new OutboundError('malformed', 'not JSON');
          }
        },
      };
    },
  };
  return { requests, http };
}

/** Knows the token of {@link ORIGIN} only. */
export const withToken: CredentialLookup = {
  get: (origin, slot) =>
    origin === ORIGIN && slot === 'tracker' ? TOKEN : undefined,
};
/** Knows no token. */
export const withoutToken: CredentialLookup = { get: () => undefined };

/** A client whose server always answers the same, or fails with an error; and what it was asked. */
export function cannedCoder(
  answer: Canned | Error,
  options: { origin?: string; credentials?: CredentialLookup } = {},
) {
  const { origin = ORIGIN, credentials = withToken } = options;
  const { requests, http } = canned(answer);
  const coder = CoderClient.create({
    origin,
    http,
    credentials,
    clock: () => new Date('2026-01-01T00:00:00Z'),
  });
  return { requests, coder };
}
