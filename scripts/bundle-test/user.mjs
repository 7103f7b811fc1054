import { spawnSync } from 'node:child_process';
import { serverUser } from '../lib/postgresBinaries.mjs';

/**
 * Whom the portal runs as: not root, as in its image, where this machine allows
 * it.
 *
 * @param files - what that user must be able to read
 * @returns `ids` for a process, `{}` for the user of this one; `remark`
 */
export function portalUser(files) {
  const user = serverUser();
  if (!user) {
    return { ids: {}, remark: 'as the user of this test' };
  }
  const { name, uid, gid } = user;
  const script = 'for file; do test -r "$file" || exit 1; done';
  const { status } = spawnSync('/bin/sh', ['-c', script, 'sh', ...files], {
    uid,
    gid,
    cwd: '/',
  });
  return status === 0
    ? { ids: { uid, gid }, remark: `as ${name}` }
    : { ids: {}, remark: `as root: ${name} cannot reach the bundle` };
}
