// Clears the demo: everything that `npm start` and the tests left in .data.
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { dataDirectory } from './lib/paths.mjs';
import { runningPostgres } from './lib/postgresProcess.mjs';
import { outsideFolder } from './lib/postgresBinaries.mjs';

const pid = await runningPostgres(join(dataDirectory, 'postgres'));
if (pid) {
  console.error(
    `Coder Fleet is running: its PostgreSQL is process ${pid}. ` +
      'Stop `npm start` with Ctrl-C first.',
  );
  process.exit(1);
}

for (const folder of [dataDirectory, outsideFolder()]) {
  if (existsSync(folder)) {
    await rm(folder, { recursive: true, force: true });
    console.log(`Removed ${folder}`);
  }
}
console.log('The next `npm start` begins with an empty demo.');
