import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { rulesDocument } from './rulesDocument';

const FILE = join('docs', 'rules.md');

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { check: { type: 'boolean' } } });
  const config = await resolveConfig(FILE);
  const wanted = await format(rulesDocument(), { ...config, filepath: FILE });
  if (!values.check) {
    await writeFile(FILE, wanted);
    console.log(`${FILE} written`);
    return;
  }
  const present = await readFile(FILE, 'utf8').catch(() => '');
  if (present !== wanted) {
    console.error(`${FILE} is not what the rules say: npm run docs:rules`);
    process.exitCode = 1;
  }
}

main();
