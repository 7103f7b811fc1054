// Checks that the licence of every dependency goes with Apache-2.0, by the policy
// in scripts/licenses/policy.json. Ends non-zero when one does not, when one is
// unknown, and when the policy has an exception that nothing needs any more.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkLicences, listDependencies } from './lib/licenses.mjs';
import { isWorkspace } from './lib/lockfile.mjs';
import { root } from './lib/paths.mjs';

const OWN_LICENCE = 'Apache-2.0';

function readJson(...path) {
  const file = join(root, ...path);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

function ownProblems(lock) {
  return ['', ...Object.keys(lock.packages).filter(isWorkspace)]
    .filter(
      location => readJson(location, 'package.json').license !== OWN_LICENCE,
    )
    .map(location => `${location || 'The repository'} is not ${OWN_LICENCE}`);
}

function print(title, counts) {
  const entries = Object.entries(counts).sort(([, a], [, b]) => b - a);
  const total = entries.reduce((sum, [, count]) => sum + count, 0);
  const list = entries.map(([licence, count]) => `${licence} ${count}`);
  console.log(`${title}: ${total} packages (${list.join(', ')})`);
}

const lock = readJson('package-lock.json');
const policy = readJson('scripts/licenses/policy.json');
const dependencies = listDependencies(lock, {
  tools: policy.tools,
  readManifest: location => readJson(location, 'package.json'),
});
const { problems, remarks, counts } = checkLicences(dependencies, policy);
problems.push(...ownProblems(lock));
print('Production', counts.production);
print('Development', counts.development);
for (const remark of remarks) {
  console.log(`note    ${remark}`);
}
for (const problem of problems) {
  console.error(`FAILED  ${problem}`);
}
console.log(
  problems.length === 0
    ? `licences: all acceptable, ${policy.exceptions.length} by a reviewed exception`
    : `licences: ${problems.length} problems`,
);
process.exitCode = problems.length === 0 ? 0 : 1;
