import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the repository. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Everything that running the portal leaves behind; `npm run reset` removes it. */
export const dataDirectory = join(root, '.data');

/** The portal for production, made by `npm run bundle`. */
export const bundleDirectory = join(root, 'dist-bundle');

/** Lets plain `node` run the TypeScript of this repository. */
export const typescriptArgs = [
  '--enable-source-maps',
  '--require',
  '@backstage/cli-node/config/nodeTransform.cjs',
];
