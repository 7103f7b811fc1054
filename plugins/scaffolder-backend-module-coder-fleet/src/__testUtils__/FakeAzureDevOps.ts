/**
 * A request that {@link FakeAzureDevOps} got.
 *
 * @internal
 */
export type AzureRequest = {
  method: string;
  url: string;
  headers: Record<string, string>;
  body?: unknown;
};

/**
 * A fake of the pull requests of Azure DevOps: it has one between two branches at most, as that does, and writes
 * down what it is asked. Source: the reference of its REST API, version 7.1.
 *
 * @internal
 */
export class FakeAzureDevOps {
  readonly requests: AzureRequest[] = [];
  /** Answers to give before its own, the first one first. */
  readonly answers: Array<() => Response | Promise<Response>> = [];
  readonly #active = new Map<string, number>();
  #count = 40;

  readonly fetch: typeof fetch = async (input, init = {}) => {
    const url = new URL(String(input));
    const { method = 'GET', body, signal } = init;
    signal?.throwIfAborted();
    const sent = body ? JSON.parse(String(body)) : undefined;
    this.requests.push({
      method,
      url: url.href,
      headers: init.headers as Record<string, string>,
      ...(sent && { body: sent }),
    });
    const answer = this.answers.shift();
    return answer ? answer() : this.#answer(method, url, sent);
  };

  /** Opens one, as somebody else would. */
  open(source: string, target: string): number {
    this.#count += 1;
    this.#active.set(`refs/heads/${source} refs/heads/${target}`, this.#count);
    return this.#count;
  }

  #answer(method: string, url: URL, sent: Record<string, string>): Response {
    if (method === 'GET') {
      const query = (name: string) =>
        url.searchParams.get(`searchCriteria.${name}`);
      const id = this.#active.get(
        `${query('sourceRefName')} ${query('targetRefName')}`,
      );
      return Response.json({ value: id ? [{ pullRequestId: id }] : [] });
    }
    if (method === 'PATCH') {
      return Response.json({
        pullRequestId: Number(url.pathname.split('/').at(-1)),
      });
    }
    const branches = `${sent.sourceRefName} ${sent.targetRefName}`;
    if (this.#active.has(branches)) {
      return Response.json({ message: 'TF401179' }, { status: 409 });
    }
    this.#count += 1;
    this.#active.set(branches, this.#count);
    return Response.json({ pullRequestId: this.#count }, { status: 201 });
  }
}
