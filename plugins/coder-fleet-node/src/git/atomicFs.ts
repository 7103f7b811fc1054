import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { PromiseFsClient } from 'isomorphic-git';

/**
 * The file system for isomorphic-git, except that a file appears under its name only once it is complete
 * and on disk. Git trusts an object's name: half an object, left by a crash, would stay broken for ever.
 * The temporary names are those of Git, which ignores them and prunes them.
 *
 * @internal
 */
export function atomicFs(gitdir: string): PromiseFsClient {
  return {
    promises: {
      ...fs,
      writeFile: async (path: string, data: string | Uint8Array) => {
        const temporary = join(gitdir, 'objects', `tmp_obj_${randomUUID()}`);
        await fs.mkdir(dirname(temporary), { recursive: true });
        await fs.mkdir(dirname(path), { recursive: true });
        try {
          const file = await fs.open(temporary, 'wx');
          try {
            await file.writeFile(data);
            await file.sync();
          } finally {
            await file.close();
          }
          await fs.rename(temporary, path);
        } catch (error) {
          await fs.rm(temporary, { force: true });
          throw error;
        }
      },
    },
  };
}
