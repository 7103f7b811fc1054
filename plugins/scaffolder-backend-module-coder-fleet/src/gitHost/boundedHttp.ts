import { ServiceUnavailableError } from '@backstage/errors';
import type { GitHttpResponse, HttpClient } from 'isomorphic-git';

/** How long a Git host may say nothing. Packing a large repository takes its time. */
const MAX_SILENCE_MS = 120_000;

/**
 * A client of Git over HTTP that ends with the task, waits for no host that went silent, and follows no redirect:
 * credentials stay with the host that they are for.
 *
 * @internal
 */
export function boundedHttp(
  http: HttpClient,
  options: { signal?: AbortSignal; maxSilenceMs?: number } = {},
): HttpClient {
  const { signal, maxSilenceMs = MAX_SILENCE_MS } = options;

  async function bounded<T>(
    work: (end: AbortSignal) => Promise<T>,
  ): Promise<T> {
    signal?.throwIfAborted();
    const controller = new AbortController();
    const end = AbortSignal.any([
      controller.signal,
      ...(signal ? [signal] : []),
    ]);
    const timer = setTimeout(() => {
      controller.abort(
        new ServiceUnavailableError(
          `no answer within ${maxSilenceMs / 1_000} seconds`,
        ),
      );
    }, maxSilenceMs);
    const ended = new Promise<never>((_, reject) => {
      end.addEventListener('abort', () => reject(end.reason), { once: true });
    });
    // Where the work ends first nobody listens any more
    ended.catch(() => {});
    try {
      return await Promise.race([work(end), ended]);
    } finally {
      clearTimeout(timer);
    }
  }

  async function* read(
    body: AsyncIterable<Uint8Array>,
  ): AsyncGenerator<Uint8Array> {
    const chunks = body[Symbol.asyncIterator]();
    try {
      while (true) {
        const { done, value } = await bounded(() => chunks.next());
        if (done) {
          return;
        }
        yield value;
      }
    } finally {
      // Closes the connection of a body that nobody reads to its end
      chunks.return?.()?.catch?.(() => {});
    }
  }

  return {
    async request(request): Promise<GitHttpResponse> {
      const response = await bounded(end =>
        http.request({
          ...request,
          fetchOptions: { followRedirects: false, signal: end },
        }),
      );
      return {
        ...response,
        ...(response.body && { body: read(response.body) }),
      };
    },
  };
}
