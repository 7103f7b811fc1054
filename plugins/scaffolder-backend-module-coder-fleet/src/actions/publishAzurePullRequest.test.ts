import { createMockDirectory } from '@backstage/backend-test-utils';
import { FakeAzureDevOps } from '../__testUtils__/FakeAzureDevOps';
import { type RunOptions, runAction } from '../__testUtils__/runAction';
import { GIT_HOSTS_CONFIG, INTEGRATIONS } from '../__testUtils__/standInRemote';
import { gitHostAuthorization } from '../gitHost/gitHostAuthorization';
import { createPublishAzurePullRequestAction } from '.';

const workspace = createMockDirectory();

const SECRET = 'secret-of-azure';
const REPOSITORY =
  'dev.azure.com?organization=example&project=Our%20Platform&repo=fleet';
const PAGE = 'https://dev.azure.com/example/Our%20Platform/_git/fleet';
const API =
  'https://dev.azure.com/example/Our%20Platform/_apis/git/repositories/fleet/pullrequests';
const INPUT = {
  repoUrl: REPOSITORY,
  branchName: 'coder-fleet/aurora-1a2b3c4d',
  targetBranch: 'main',
  title: 'Request Coder deployment aurora',
  description: 'What it leads to',
};

function setup() {
  const azure = new FakeAzureDevOps();
  const action = createPublishAzurePullRequestAction({
    integrations: INTEGRATIONS,
    authorization: gitHostAuthorization({
      integrations: INTEGRATIONS,
      config: GIT_HOSTS_CONFIG,
    }),
    fetch: azure.fetch,
  });
  const run = (
    input: Partial<typeof INPUT> = {},
    context: Partial<RunOptions> = {},
  ) =>
    runAction(action, {
      input: { ...INPUT, ...input },
      workspacePath: workspace.path,
      ...context,
    });
  const sent = () => azure.requests.map(({ method, url }) => [method, url]);
  return { azure, run, sent };
}

describe('coder-fleet:publish:azure:pull-request', () => {
  it('opens one, and gives the address of its page', async () => {
    const { azure, run } = setup();
    const { log, outputs } = await run();
    expect(outputs).toEqual({
      pullRequestUrl: `${PAGE}/pullrequest/41`,
      pullRequestId: 41,
    });
    expect(log).toEqual([`Opened ${PAGE}/pullrequest/41`]);
    const [asked, opened] = azure.requests;
    expect(Object.fromEntries(new URL(asked.url).searchParams)).toEqual({
      'searchCriteria.status': 'active',
      'searchCriteria.sourceRefName': `refs/heads/${INPUT.branchName}`,
      'searchCriteria.targetRefName': 'refs/heads/main',
      $top: '1',
      'api-version': '7.1',
    });
    expect(opened).toEqual({
      method: 'POST',
      url: `${API}?api-version=7.1`,
      headers: {
        accept: 'application/json',
        'content-type': 'application/json',
        authorization: `Basic ${Buffer.from(`:${SECRET}`).toString('base64')}`,
      },
      body: {
        title: INPUT.title,
        description: INPUT.description,
        sourceRefName: `refs/heads/${INPUT.branchName}`,
        targetRefName: 'refs/heads/main',
      },
    });
  });

  it('finds the one that is open, and brings its texts up to date', async () => {
    const { azure, run } = setup();
    await run();
    azure.requests.length = 0;
    const { log, outputs } = await run({ description: 'What is new' });
    expect(outputs.pullRequestId).toBe(41);
    expect(log).toEqual([`${PAGE}/pullrequest/41 is open already`]);
    expect(azure.requests).toEqual([
      expect.objectContaining({ method: 'GET' }),
      expect.objectContaining({
        method: 'PATCH',
        url: `${API}/41?api-version=7.1`,
        body: { title: INPUT.title, description: 'What is new' },
      }),
    ]);
  });

  it('finds one that somebody else opened after it had looked', async () => {
    const { azure, run, sent } = setup();
    azure.answers.push(() => {
      azure.open(INPUT.branchName, 'main');
      return Response.json({ value: [] });
    });
    expect((await run()).outputs.pullRequestId).toBe(41);
    expect(sent().map(([method]) => method)).toEqual([
      'GET',
      'POST',
      'GET',
      'PATCH',
    ]);
  });

  it.each([
    ['a short one', 'x'.repeat(4_000), 'x'.repeat(4_000)],
    ['a long one', 'x'.repeat(4_001), `${'x'.repeat(3_999)}…`],
    [
      'half a character',
      `${'x'.repeat(3_998)}\u{1f600}yy`,
      `${'x'.repeat(3_998)}…`,
    ],
  ])('cuts a description to what is taken: %s', async (_, text, expected) => {
    const { azure, run } = setup();
    await run({ description: text });
    expect(azure.requests[1].body).toMatchObject({ description: expected });
  });

  it.each([
    [401, 'NotAllowedError', /credentials under integrations\.azure/],
    [203, 'NotAllowedError', /right to read and write its code/],
    [403, 'NotAllowedError', /pull requests/],
    [404, 'NotFoundError', /was not found: check its address/],
    [302, 'NotFoundError', /answers with a redirect/],
    [503, 'ServiceUnavailableError', /answered 503 .*: run the task again/],
  ])('says what to do with %i', async (status, name, message) => {
    const { azure, run } = setup();
    azure.answers.push(() => new Response(`You sent ${SECRET}`, { status }));
    const log: string[] = [];
    const error = await run({}, { log }).catch(caught => caught);
    expect(error).toMatchObject({
      name,
      message: expect.stringMatching(message),
    });
    expect(`${JSON.stringify(error)}${error.stack}${log}`).not.toContain(
      SECRET,
    );
  });

  it.each([
    ['no connection', () => Promise.reject(new Error(`sent ${SECRET}`))],
    ['a page', () => new Response('<html>')],
    ['something else', () => Response.json({ value: [{ id: 1 }] })],
  ])('says what to do with %s', async (_, answer) => {
    const { azure, run } = setup();
    azure.answers.push(answer);
    const error = await run().catch(caught => caught);
    expect(error.name).toBe('ServiceUnavailableError');
    expect(error.message).toContain('run the task again');
    expect(`${error.message}${error.cause}`).not.toContain(SECRET);
  });

  it.each([
    { repoUrl: 'github.com?owner=example&repo=fleet' },
    { repoUrl: 'other.example.com?organization=a&project=b&repo=c' },
    { repoUrl: 'dev.azure.com?organization=..&project=b&repo=c' },
    { branchName: '../main' },
    { targetBranch: 'a b' },
  ])('refuses %j', async input => {
    const { azure, run } = setup();
    await expect(run(input)).rejects.toMatchObject({ name: 'InputError' });
    expect(azure.requests).toEqual([]);
  });

  it('opens nothing in a dry run, and nothing after the task was cancelled', async () => {
    const { azure, run } = setup();
    const { log, outputs } = await run({}, { isDryRun: true });
    expect(outputs).toEqual({});
    expect(log).toEqual([`Dry run: no pull request was opened in ${PAGE}`]);
    expect(azure.requests).toEqual([]);
    const signal = AbortSignal.abort(new Error('Cancelled'));
    await expect(run({}, { signal })).rejects.toThrow('Cancelled');
  });
});
