import semver from 'semver';
import {
  dependencyClosure,
  isWorkspace,
  runtimeDependencies,
} from './lockfile.mjs';
import { parseSpdx, satisfies } from './spdx.mjs';

/**
 * What a package says about its licence, as an SPDX expression if it is one:
 * the field of today, or the older ones. Empty when it says nothing.
 */
export function statedLicence({ license, licenses } = {}) {
  const name = entry => (typeof entry === 'string' ? entry : entry?.type);
  const list = [license ?? licenses ?? []].flat().map(name).filter(Boolean);
  // A list does not say whether one may choose; to honour all of it is safe.
  return list.join(' AND ');
}

/** The name of the package at a location of the lock file, or its alias. */
function packageName(location, entry) {
  return (
    entry.name ?? location.slice(location.lastIndexOf('node_modules/') + 13)
  );
}

/**
 * Every package of others in a lock file, with what it is for.
 *
 * @param lock - a package-lock.json, version 3
 * @param options - `tools`: dependencies of a workspace that only build;
 *   `readManifest(location)`: the package.json, or undefined when the package is
 *   not installed; asked only for what the lock file does not know
 * @returns a list of `name`, `version`, `location`, `found`, `production`
 */
export function listDependencies(lock, { tools = [], readManifest }) {
  const all = Object.entries(lock.packages);
  const workspaces = all
    .map(([location]) => location)
    .filter(location => isWorkspace(location));
  const production = dependencyClosure(lock, {
    roots: workspaces,
    dependenciesOf: (entry, location) =>
      runtimeDependencies(entry).filter(
        ({ name }) =>
          !tools.some(
            tool => tool.workspace === location && tool.package === name,
          ),
      ),
  });
  return all
    .filter(
      ([location, { link }]) => location.includes('node_modules/') && !link,
    )
    .map(([location, entry]) => ({
      name: packageName(location, entry),
      version: entry.version,
      location,
      found: statedLicence(entry) || statedLicence(readManifest(location)),
      production: production.has(location),
    }));
}

function isFor(exception, { name, version, found }) {
  return (
    exception.package === name &&
    exception.found === found &&
    semver.satisfies(version, exception.versions, { includePrerelease: true })
  );
}

/** `accepted`, or why not: `unknown`, `weak`, `strong`. */
function judge(found, { allowed, weak, strong }) {
  let expression;
  try {
    expression = parseSpdx(found);
  } catch {
    return 'unknown';
  }
  const within = (...lists) =>
    satisfies(expression, id => lists.some(({ ids }) => ids.includes(id)));
  if (within(allowed)) {
    return 'accepted';
  }
  if (within(allowed, weak)) {
    return 'weak';
  }
  return within(allowed, weak, strong) ? 'strong' : 'unknown';
}

const REFUSED = {
  unknown: ({ found }) =>
    found
      ? `has a licence that the policy does not know: ${found}`
      : 'states no licence',
  weak: ({ found }) => `is for production and has ${found}`,
  strong: ({ found }) => `has ${found}`,
};

/**
 * Judges dependencies by a policy (see scripts/licenses/policy.json).
 *
 * @returns `problems`: sentences; `remarks`: copyleft among the tools;
 *   `counts`: how many packages by licence, for `production` and `development`
 */
export function checkLicences(dependencies, policy) {
  const problems = [];
  const remarks = [];
  const used = new Set();
  const counts = { production: {}, development: {} };
  for (const dependency of dependencies) {
    const { name, version, location, found, production } = dependency;
    const byLicence = counts[production ? 'production' : 'development'];
    const exception = policy.exceptions.find(one => isFor(one, dependency));
    const verdict = judge(found, policy);
    const licence = exception?.licence ?? found;
    byLicence[licence] = (byLicence[licence] ?? 0) + 1;
    if (verdict === 'accepted') {
      continue;
    }
    if (exception) {
      used.add(exception);
    } else if (verdict === 'weak' && !production) {
      remarks.push(`${name}@${version} has ${found}; only a tool`);
    } else {
      const reason = REFUSED[verdict](dependency);
      problems.push(`${name}@${version} ${reason} (${location})`);
    }
  }
  problems.push(...policyProblems(policy, used));
  return { problems, remarks, counts };
}

function policyProblems({ exceptions, allowed, weak, strong }, used) {
  const problems = [];
  for (const exception of exceptions) {
    const { package: name, versions, licence, why } = exception;
    if (!why?.trim()) {
      problems.push(`The exception for ${name} does not say why`);
    }
    if (judge(licence ?? '', { allowed, weak, strong }) === 'unknown') {
      problems.push(`The exception for ${name} names no known licence`);
    }
    if (!used.has(exception)) {
      problems.push(
        `The exception for ${name} ${versions} is not needed: no dependency ` +
          'has this name, version and licence',
      );
    }
  }
  return problems;
}
