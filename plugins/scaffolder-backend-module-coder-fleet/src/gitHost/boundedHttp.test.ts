import { boundedHttp } from './boundedHttp';

const REQUEST = { url: 'https://github.com/example/fleet.git/info/refs' };
const never = () => new Promise<never>(() => {});

async function* body(...chunks: Array<Uint8Array | typeof never>) {
  for (const chunk of chunks) {
    yield typeof chunk === 'function' ? await chunk() : chunk;
  }
}

const answer = (content: AsyncIterableIterator<Uint8Array>) => ({
  ...REQUEST,
  statusCode: 200,
  statusMessage: 'OK',
  body: content,
});

async function readAll(http: ReturnType<typeof boundedHttp>) {
  const chunks: Uint8Array[] = [];
  const response = await http.request(REQUEST);
  for await (const chunk of response.body!) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

describe('boundedHttp', () => {
  it('hands on what a host answers, and lets no redirect be followed', async () => {
    const request = jest.fn(async () =>
      answer(body(Buffer.from('a'), Buffer.from('b'))),
    );
    expect(await readAll(boundedHttp({ request }))).toBe('ab');
    expect(request).toHaveBeenCalledWith(
      expect.objectContaining({
        ...REQUEST,
        fetchOptions: expect.objectContaining({ followRedirects: false }),
      }),
    );
  });

  it.each([
    ['before it answers', never],
    ['amid its answer', async () => answer(body(Buffer.from('a'), never))],
  ])('gives up a host that goes silent %s', async (_, request) => {
    const http = boundedHttp({ request }, { maxSilenceMs: 50 });
    await expect(readAll(http)).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message: 'no answer within 0.05 seconds',
    });
  });

  it('waits for one that is slow, but not silent', async () => {
    const slowly = () =>
      new Promise<Uint8Array>(resolve => {
        setTimeout(() => resolve(Buffer.from('x')), 40);
      });
    const request = async () => answer(body(...Array(6).fill(slowly as never)));
    const http = boundedHttp({ request }, { maxSilenceMs: 120 });
    expect(await readAll(http)).toBe('xxxxxx');
  });

  it('ends with the task', async () => {
    const controller = new AbortController();
    const http = boundedHttp({ request: never }, { signal: controller.signal });
    const reading = readAll(http);
    controller.abort(new Error('Cancelled'));
    await expect(reading).rejects.toThrow('Cancelled');
    await expect(readAll(http)).rejects.toThrow('Cancelled');
  });
});
