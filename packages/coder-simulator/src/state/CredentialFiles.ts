import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { writeFileAtomic } from './atomicFile';

/**
 * Hands the Owner's token of each deployment to the tracker: one YAML file an origin in the folder
 * that the tracker watches.
 *
 * @internal
 */
export class CredentialFiles {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** Writes a deployment's file, unless it already says the same. */
  async write(
    name: string,
    credential: { origin: string; tracker: string },
  ): Promise<void> {
    const path = this.#path(name);
    const { origin, tracker } = credential;
    const content = stringify({ origin, tracker });
    const current = await readFile(path, 'utf8').catch(() => undefined);
    if (current !== content) {
      await writeFileAtomic(path, content, 0o600);
    }
  }

  /** Removes the file of a deployment that is gone. */
  async remove(name: string): Promise<void> {
    await rm(this.#path(name), { force: true });
  }

  #path(name: string): string {
    return join(this.#directory, `${name}.yaml`);
  }
}
