import { deploymentOf } from '../__testUtils__/deployments';
import {
  BRANCH,
  describeWithGit,
  LOCATION,
  publishBranchFixture,
  REPOSITORY,
} from '../__testUtils__/publishBranch';
import { filesOf } from '../__testUtils__/renderedFiles';

jest.setTimeout(120_000);

const SECRET = 'secret-of-github';

describeWithGit('coder-fleet:publish:branch, when a host fails', () => {
  const { server, authorization, run, fill, pushes } = publishBranchFixture();

  beforeEach(() => {
    server.commit(REPOSITORY, { files: { 'README.md': '# Fleet\n' } });
    fill(filesOf(deploymentOf()));
  });

  /** Everything that a task keeps of a failure; no token may be in it, in whatever notation. */
  async function failure(...args: Parameters<typeof run>) {
    const log: string[] = [];
    const error = await run(args[0], { log, ...args[1] }).then(
      () => undefined,
      caught => caught,
    );
    const kept = [
      ...log,
      error?.message,
      error?.stack,
      JSON.stringify(error),
      String(error?.cause),
    ].join('\n');
    const basic = Buffer.from(`x-access-token:${SECRET}`).toString('base64');
    for (const secret of [SECRET, basic, 'wrong-secret']) {
      expect(kept).not.toContain(secret);
    }
    return error;
  }

  it('says what to do about a wrong password', async () => {
    const wrong = Buffer.from('x-access-token:wrong-secret').toString('base64');
    authorization.mockResolvedValueOnce(`Basic ${wrong}`);
    expect(await failure()).toMatchObject({
      name: 'NotAllowedError',
      message: `github.com does not let the portal into ${LOCATION} (401): give the credentials under integrations.github the right to read and write its code and pull requests, or renew them`,
    });
  });

  it('says what to do about a repository that is not there', async () => {
    expect(
      await failure({ repoUrl: 'github.com?owner=example&repo=other' }),
    ).toMatchObject({
      name: 'NotFoundError',
      message:
        'https://github.com/example/other was not found: check its address, and that the credentials under integrations.github may see it',
    });
  });

  it.each([
    [403, 'NotAllowedError', /does not let the portal into/],
    [302, 'NotFoundError', /answers with a redirect \(302\)/],
    [500, 'ServiceUnavailableError', /answered 500 .* run the task again/],
  ])('says what to do about %i', async (status, name, message) => {
    server.status = status;
    expect(await failure()).toMatchObject({
      name,
      message: expect.stringMatching(message),
    });
    expect(server.requests).toHaveLength(1);
  });

  it('says what to do about a branch that is refused', async () => {
    // A branch of that name makes a directory of it, so that there can be none in it
    server.commit(REPOSITORY, {}, 'coder-fleet');
    const error = await failure();
    expect(error).toMatchObject({
      name: 'NotAllowedError',
      message: expect.stringContaining(
        `github.com refused the branch in ${LOCATION}: `,
      ),
    });
    expect(pushes()).not.toEqual([]);
    expect(server.head(REPOSITORY, BRANCH)).toBeUndefined();
  });

  it('ends when the task is cancelled while a host says nothing', async () => {
    server.silent = true;
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error('Cancelled')), 200);
    const error = await failure({}, { signal: controller.signal });
    expect(error.message).toBe('Cancelled');
  });

  it('says what to do about a host that cannot be reached', async () => {
    jest.spyOn(server, 'http', 'get').mockReturnValue({
      request: async () => {
        throw Object.assign(new Error(`getaddrinfo, sent ${SECRET}`), {
          code: 'ENOTFOUND',
        });
      },
    });
    expect(await failure()).toMatchObject({
      name: 'ServiceUnavailableError',
      message: `${LOCATION} could not be read (ENOTFOUND): check that the portal reaches github.com, and run the task again`,
    });
    jest.restoreAllMocks();
  });
});
