import type { SupportLinkEvidence } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type { HttpClient, HttpResponse } from '../http/HttpClient';
import { OutboundError } from '../http/OutboundError';

/** Whoever waits for a look at a deployment waits for its links, too. */
const TIMEOUT_MS = 4_000;

/** A page that answers is enough; its text is not read. */
const MAX_BYTES = 64 * 1024;

/** A server may list any number of links. */
const MAX_LINKS = 20;

const MAX_TEXT = 300;

type Result = Pick<SupportLinkEvidence, 'result' | 'detail'>;

/**
 * Looks where support links lead: through the guarded client, without any token, all at the same time. Only
 * an aborted signal rejects. Redirects are not followed: where a page has moved for good is said.
 *
 * @public
 */
export async function checkLinks(options: {
  http: HttpClient;
  links: ReadonlyArray<{ name: string; target: string }>;
  signal?: AbortSignal;
}): Promise<SupportLinkEvidence[]> {
  const { http, links, signal } = options;
  return Promise.all(
    links.slice(0, MAX_LINKS).map(async ({ name, target }) => ({
      name: name.slice(0, MAX_TEXT),
      target: target.slice(0, 2000),
      ...(await checkTarget(http, target, signal)),
    })),
  );
}

async function checkTarget(
  http: HttpClient,
  target: string,
  signal?: AbortSignal,
): Promise<Result> {
  if (/^mailto:/i.test(target)) {
    return { result: 'unchecked', detail: 'a mail address is not asked' };
  }
  const request = (method: 'HEAD' | 'GET') =>
    http.request({
      url: target,
      method,
      timeoutMs: TIMEOUT_MS,
      maxBytes: MAX_BYTES,
      signal,
    });
  try {
    const answer = await request('HEAD');
    // Not every page answers to HEAD
    return judge(
      [404, 405, 501].includes(answer.status) ? await request('GET') : answer,
    );
  } catch (error) {
    signal?.throwIfAborted();
    return failure(error);
  }
}

function judge({ status, headers }: HttpResponse): Result {
  if (status === 301 || status === 308) {
    const where = (
      headers.location ?? 'an address that it does not tell'
    ).slice(0, MAX_TEXT);
    return { result: 'moved', detail: `it has moved to ${where}` };
  }
  if (status === 401 || status === 403) {
    return {
      result: 'ok',
      detail: `it answers, and asks who is there (${status})`,
    };
  }
  return status < 400
    ? { result: 'ok', detail: `it answers (${status})` }
    : { result: 'broken', detail: `it answers with ${status}` };
}

function failure(error: unknown): Result {
  if (!(error instanceof OutboundError)) {
    return { result: 'unreachable', detail: 'it could not be asked' };
  }
  const detail = error.message.slice(0, MAX_TEXT);
  switch (error.kind) {
    case 'too-large':
      return { result: 'ok', detail: 'it answers' };
    case 'refused':
      return { result: 'refused', detail };
    default:
      return { result: 'unreachable', detail };
  }
}
