// Checks the simulator's answers, and the requests and parsers of the client,
// against an OpenAPI document of Coder:
//   npm run contract -- --openapi FILE      (or CODER_OPENAPI_FILE=FILE)
// Without a file it says that it skipped, and succeeds.
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { root, typescriptArgs } from './lib/paths.mjs';

const { values } = parseArgs({ options: { openapi: { type: 'string' } } });
const file = values.openapi || process.env.CODER_OPENAPI_FILE;

if (file) {
  // The checks are TypeScript, as the packages that they check.
  const { status } = spawnSync(
    process.execPath,
    [
      ...['--no-warnings', ...typescriptArgs],
      join(root, 'scripts/contract/main.ts'),
      resolve(file),
    ],
    { cwd: root, stdio: 'inherit' },
  );
  process.exitCode = status ?? 1;
} else {
  console.log(
    'contract: skipped, because no OpenAPI document was given (--openapi FILE or CODER_OPENAPI_FILE)',
  );
}
