import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { deploymentJsonSchema } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { rulesDocument } from './rulesDocument';

/** What is made from code, by path. */
const DOCUMENTS: Readonly<Record<string, () => string>> = {
  'docs/rules.md': rulesDocument,
  'plugins/coder-fleet-common/schemas/coder-deployment.v1alpha1.json': () =>
    JSON.stringify(deploymentJsonSchema(), null, 2),
};

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { check: { type: 'boolean' } } });
  for (const [file, made] of Object.entries(DOCUMENTS)) {
    const config = await resolveConfig(file);
    const wanted = await format(made(), { ...config, filepath: file });
    const present = await readFile(file, 'utf8').catch(() => '');
    if (present === wanted) {
      continue;
    }
    if (values.check) {
      console.error(`${file} is not what the code says: npm run docs:rules`);
      process.exitCode = 1;
    } else {
      await writeFile(file, wanted);
      console.log(`${file} written`);
    }
  }
}

main();
