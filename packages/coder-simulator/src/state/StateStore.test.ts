import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { removeFolders, temporaryFolder } from '../__testUtils__/folders';
import { StateStore } from './StateStore';

describe('StateStore', () => {
  afterEach(removeFolders);

  it('gives a file from before the tokens that came later, and keeps the others', async () => {
    const folder = await temporaryFolder();
    await mkdir(folder, { recursive: true });
    const path = join(folder, 'state.json');
    const tokens = { owner: 'o', auditor: 'a', member: 'm' };
    const deployments = { aurora: { databaseSeed: 'seed', tokens } };
    await writeFile(path, JSON.stringify({ version: 1, deployments }));

    const store = await StateStore.open(path);
    const { tokens: completed } = store.identity('aurora');
    expect(completed).toEqual({
      ...tokens,
      siteAuditor: expect.stringMatching(/^\w{10}-\w{22}$/),
      templateAdmin: expect.stringMatching(/^\w{10}-\w{22}$/),
      userAdmin: expect.stringMatching(/^\w{10}-\w{22}$/),
    });
    await store.save();
    expect(JSON.parse(await readFile(path, 'utf8')).deployments.aurora).toEqual(
      { databaseSeed: 'seed', tokens: completed },
    );
  });
});
