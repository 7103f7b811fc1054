// Writes the shell scripts of plugins/coder-fleet-common/scripts into modules,
// as the package that renders them runs in browsers too and reads no files.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './lib/paths.mjs';

const common = join(root, 'plugins', 'coder-fleet-common');

for (const folder of ['backup', 'bootstrap']) {
  const source = join(common, 'scripts', folder);
  const target = join(
    common,
    'src',
    'artifacts',
    folder,
    'scripts.generated.ts',
  );
  const scripts = Object.fromEntries(
    readdirSync(source)
      .filter(name => name.endsWith('.sh'))
      .sort()
      .map(name => [name, readFileSync(join(source, name), 'utf8')]),
  );
  writeFileSync(
    target,
    [
      `/* eslint-disable -- written by \`npm run embed\` from scripts/${folder}; edit the scripts there */`,
      '',
      '/** @internal */',
      `export const ${folder.toUpperCase()}_SCRIPTS = ${JSON.stringify(scripts, null, 2)} as const;`,
      '',
    ].join('\n'),
  );
  console.log(
    `${target.slice(root.length + 1)}: ${Object.keys(scripts).join(', ')}`,
  );
}
