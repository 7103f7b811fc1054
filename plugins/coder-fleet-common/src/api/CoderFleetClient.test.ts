import { CoderFleetClient } from './CoderFleetClient';

function client(answer: { status: number; body?: unknown }) {
  const fetchMock = jest.fn(
    async (_url: string, _init: RequestInit) =>
      new Response(
        answer.body === undefined ? null : JSON.stringify(answer.body),
        {
          status: answer.status,
          headers: { 'Content-Type': 'application/json' },
        },
      ),
  );
  return {
    fetchMock,
    api: new CoderFleetClient({
      discoveryApi: { getBaseUrl: async id => `http://backend/api/${id}` },
      fetchApi: { fetch: fetchMock as unknown as typeof fetch },
    }),
  };
}

describe('CoderFleetClient', () => {
  it('repeats a filter for each of its values and leaves out empty ones', async () => {
    const { api, fetchMock } = client({
      status: 200,
      body: { items: [], totalItems: 0 },
    });
    await api.listDeployments({
      state: ['failing', 'unreachable'],
      search: '',
      sort: '-lastSeen',
      limit: 100,
      offset: 0,
    });
    expect(fetchMock.mock.calls[0][0]).toBe(
      'http://backend/api/coder-fleet/deployments?state=failing&state=unreachable&sort=-lastSeen&limit=100&offset=0',
    );
  });

  it('does not let a name leave its place in the path', async () => {
    const { api, fetchMock } = client({ status: 204 });
    await api.unregister('../x?y', { token: 't' });
    expect(fetchMock.mock.calls[0][0]).toBe(
      'http://backend/api/coder-fleet/deployments/..%2Fx%3Fy',
    );
    expect(fetchMock.mock.calls[0][1].headers).toMatchObject({
      Authorization: 'Bearer t',
    });
  });

  it('says what it approves', async () => {
    const { api, fetchMock } = client({ status: 204 });
    await api.approvePendingRequest('aurora', { digest: 'd', comment: 'fine' });
    const [url, { method, body }] = fetchMock.mock.calls[0];
    expect([method, url]).toEqual([
      'POST',
      'http://backend/api/coder-fleet/requests/aurora/approve',
    ]);
    expect(JSON.parse(String(body))).toEqual({ digest: 'd', comment: 'fine' });
  });

  it("passes on the backend's error", async () => {
    const { api } = client({
      status: 409,
      body: {
        error: { name: 'ConflictError', message: 'taken' },
        response: { statusCode: 409 },
      },
    });
    await expect(api.getDeployment('aurora')).rejects.toMatchObject({
      statusCode: 409,
      message: expect.stringContaining('409'),
    });
  });
});
