import { randomUUID } from 'node:crypto';
import { chmod, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * Replaces a file in one step: a reader sees the old content or the new one, never half of it.
 * The temporary file is hidden, so that a reader of the whole folder passes over it.
 *
 * @internal
 */
export async function writeFileAtomic(
  path: string,
  content: string,
  mode: number,
): Promise<void> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true });
  const temporary = join(folder, `.${basename(path)}.${randomUUID()}`);
  try {
    await writeFile(temporary, content, { mode });
    // The mode of writeFile is subject to the umask and ignored for an existing file.
    await chmod(temporary, mode);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
