import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** The bytes of all files below a folder; links count as nothing. */
export async function folderSize(folder) {
  let size = 0;
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      size += await folderSize(path);
    } else if (entry.isFile()) {
      size += (await lstat(path)).size;
    }
  }
  return size;
}

/** Bytes as whole megabytes. */
export function megabytes(bytes) {
  return Math.round(bytes / 1024 / 1024);
}
