/** Where node would find `name` from the package at `location`, or undefined. */
function resolveFrom(packages, location, name) {
  let folder = location;
  for (;;) {
    const candidate = folder
      ? `${folder}/node_modules/${name}`
      : `node_modules/${name}`;
    if (packages[candidate]) {
      return candidate;
    }
    if (!folder) {
      return undefined;
    }
    // node_modules/a/node_modules/b looks below a next, then at the root.
    folder = folder.replace(/(^|\/)[^/]*$/, '').replace(/\/?node_modules$/, '');
  }
}

/**
 * The locations in a lock file that the packages at `roots` need at run time:
 * the roots themselves, their dependencies and those of these.
 *
 * @param lock - a package-lock.json, version 3
 * @param options - `roots`: locations of workspaces, e.g. `packages/backend`;
 *   `dependenciesOf(entry, location)`: the names that a package needs, where
 *   that is not what its entry says
 * @returns a set of locations
 */
export function dependencyClosure(
  { packages },
  { roots, dependenciesOf = runtimeDependencies },
) {
  const found = new Set();
  const open = [...roots];
  while (open.length > 0) {
    const location = open.pop();
    if (found.has(location)) {
      continue;
    }
    found.add(location);
    const entry = packages[location];
    if (!entry) {
      throw new Error(`package-lock.json does not know ${location}`);
    }
    if (entry.link) {
      open.push(entry.resolved);
      continue;
    }
    for (const { name, optional } of dependenciesOf(entry, location)) {
      const target = resolveFrom(packages, location, name);
      if (target) {
        open.push(target);
      } else if (!optional) {
        throw new Error(
          `package-lock.json has no ${name}, which ${location} needs`,
        );
      }
    }
  }
  return found;
}

/** What an entry of a lock file needs at run time. */
export function runtimeDependencies(entry) {
  const required = Object.keys(entry.dependencies ?? {});
  const optional = Object.keys(entry.optionalDependencies ?? {});
  return [
    ...required
      .filter(name => !optional.includes(name))
      .map(name => ({ name, optional: false })),
    ...optional.map(name => ({ name, optional: true })),
  ];
}

/** Whether a location in a lock file is a workspace of this repository. */
export function isWorkspace(location) {
  return location !== '' && !/(^|\/)node_modules\//.test(location);
}

/**
 * The lock file for a folder with some of the workspaces and their manifests:
 * every version as before, nothing that is not needed.
 *
 * @param lock - the package-lock.json of the repository
 * @param options - `keep`: locations, as from `dependencyClosure`; `manifests`:
 *   the package.json by location, `''` for the root
 */
export function pruneLock(lock, { keep, manifests }) {
  const packages = { '': lockEntry(manifests['']) };
  for (const [location, entry] of Object.entries(lock.packages)) {
    const linksTo = entry.link ? entry.resolved : location;
    if (location === '' || !keep.has(linksTo)) {
      continue;
    }
    packages[location] = isWorkspace(location)
      ? lockEntry(manifests[location])
      : entry;
  }
  const { name, version, lockfileVersion, requires } = lock;
  return { name, version, lockfileVersion, requires, packages };
}

const LOCKED_FIELDS = [
  'name',
  'version',
  'license',
  'workspaces',
  'dependencies',
  'optionalDependencies',
  'peerDependencies',
  'peerDependenciesMeta',
  'engines',
];

function lockEntry(manifest) {
  return Object.fromEntries(
    LOCKED_FIELDS.filter(field => manifest[field]).map(field => [
      field,
      manifest[field],
    ]),
  );
}
