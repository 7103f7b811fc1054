import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folders: string[] = [];

/** A new empty folder. `removeFolders` takes it away. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'coder-simulator-'));
  folders.push(folder);
  return folder;
}

/** Takes away all folders that were made; for `afterEach` or `afterAll`. */
export async function removeFolders(): Promise<void> {
  for (const folder of folders.splice(0)) {
    await rm(folder, { recursive: true, force: true });
  }
}
