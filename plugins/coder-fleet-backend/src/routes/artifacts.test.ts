import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { render } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { DeploymentRepositories } from '@coder-fleet/backstage-plugin-coder-fleet-node';
import { backendStarter } from '../__testUtils__/backend';
import { describeOnDatabases } from '../__testUtils__/databases';
import { registrationBody, testDeployment } from '../__testUtils__/deployments';

jest.setTimeout(60_000);

const NOW = new Date('2026-03-01T12:00:00.000Z');

describeOnDatabases('artifacts', (databases, id) => {
  const start = backendStarter(databases, id);
  let directory: string;
  let repositories: DeploymentRepositories;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'coder-fleet-'));
    repositories = DeploymentRepositories.create({ directory });
  });

  afterEach(async () => {
    await rm(directory, { recursive: true });
  });

  const publish = (change: Record<string, string>, remove: string[] = []) =>
    repositories.publish({
      name: 'alpha',
      files: new Map(Object.entries(change)),
      remove,
      message: 'A change',
      author: { name: 'Ann', email: 'ann@example.com' },
      now: NOW,
    });

  const rendered = () =>
    Object.fromEntries(
      render(testDeployment('alpha')).map(({ path, content }) => [
        path,
        content,
      ]),
    );

  const startWithDirectory = () =>
    start({
      coderFleet: { publish: { git: { directory } } },
      registered: ['alpha'],
    });

  it('tells how each file compares with what was rendered', async () => {
    await publish(rendered());
    const { commit } = await publish(
      {
        'helm/control-plane/values.yaml': 'coder: {}\n',
        'notes.md': 'Ours\n',
      },
      ['README.md'],
    );
    const backend = await startWithDirectory();
    const { body } = await backend
      .get('/deployments/alpha/artifacts')
      .expect(200);
    expect(body.commit).toBe(commit);
    const statuses = Object.fromEntries(
      body.items.map((item: { path: string; status: string }) => [
        item.path,
        item.status,
      ]),
    );
    expect(statuses).toEqual({
      ...Object.fromEntries(
        Object.keys(rendered()).map(path => [path, 'rendered']),
      ),
      'README.md': 'missing',
      'helm/control-plane/values.yaml': 'edited',
      'notes.md': 'other',
    });
    expect(body.items).toContainEqual({
      path: 'notes.md',
      size: 5,
      status: 'other',
    });
  });

  it('calls nothing rendered when the lock cannot be read', async () => {
    await publish({ ...rendered(), '.coder-fleet/lock.json': '{"version": 9' });
    const backend = await startWithDirectory();
    const { body } = await backend
      .get('/deployments/alpha/artifacts')
      .expect(200);
    const statuses = body.items.map(({ status }: { status: string }) => status);
    expect(new Set(statuses)).toEqual(new Set(['other']));
  });

  it('gives a file as text, and only what is in the repository', async () => {
    const { commit } = await publish({ 'notes.md': 'Ours: ü {{ x }}\n' });
    await repositories.publish({
      name: 'beta',
      files: new Map([['secret.md', 'Not yours']]),
      message: 'A change',
      author: { name: 'Ann', email: 'ann@example.com' },
      now: NOW,
    });
    const backend = await startWithDirectory();
    const file = (path: string) =>
      backend.get(
        `/deployments/alpha/artifacts/file?path=${encodeURIComponent(path)}`,
      );
    expect((await file('notes.md').expect(200)).body).toEqual({
      path: 'notes.md',
      commit,
      size: 17,
      content: 'Ours: ü {{ x }}\n',
    });
    const refused = [
      await file('absent.md'),
      await file('../beta.git/secret.md'),
      await file('/etc/passwd'),
      await file('.git/config'),
      await file(''),
    ];
    expect(refused.map(({ status }) => status)).toEqual([
      404, 400, 400, 400, 400,
    ]);
  });

  it('gives the history, newest first', async () => {
    const { commit: first } = await publish({ a: '1' });
    const { commit: second } = await publish({ a: '2' });
    const backend = await startWithDirectory();
    const { body } = await backend
      .get('/deployments/alpha/artifacts/history')
      .expect(200);
    expect(body.items).toEqual(
      [second, first].map(commit => ({
        commit,
        message: 'A change',
        author: 'Ann',
        date: NOW.toISOString(),
      })),
    );
  });

  it('judges the files of the last commit', async () => {
    await publish(rendered());
    const backend = await startWithDirectory();
    const verdicts = async () => {
      const { body } = await backend.get('/deployments/alpha').expect(200);
      return body.findings.map(
        ({ rule, verdict }: { rule: string; verdict: string }) =>
          `${rule} ${verdict}`,
      );
    };
    const before = await verdicts();
    await publish({ 'helm/control-plane/values.yaml': 'coder: {}\n' });
    expect(await verdicts()).not.toEqual(before);
  });

  it.each([
    [
      'a repository elsewhere',
      { type: 'url', location: 'https://git.example.com/alpha' },
      'kept at https://git.example.com/alpha, which is not read here',
    ],
    ['no repository', undefined, 'was registered without a repository'],
    [
      'a repository that is not there',
      { type: 'directory', location: 'alpha' },
      'There is no repository alpha',
    ],
  ])('answers 404 and why for %s', async (_, repository, message) => {
    const backend = await start({
      coderFleet: { publish: { git: { directory } } },
    });
    await backend
      .put('/deployments/alpha', { ...registrationBody('alpha'), repository })
      .expect(201);
    for (const path of ['', '/history', '/file?path=a']) {
      const { body } = await backend
        .get(`/deployments/alpha/artifacts${path}`)
        .expect(404);
      expect(body.error.message).toContain(message);
    }
    await backend.get('/deployments/alpha').expect(200);
  });

  it('says what to configure when there is no directory', async () => {
    const backend = await start({ registered: ['alpha'] });
    const { body } = await backend
      .get('/deployments/alpha/artifacts')
      .expect(404);
    expect(body.error.message).toContain('coderFleet.publish.git.directory');
  });
});
