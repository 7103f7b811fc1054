/**
 * Says in one sentence why this Node cannot run the portal, or undefined.
 * The bounds are those of `engines` in package.json.
 */
export function nodeProblem(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  if (major >= 22 || (major === 20 && minor >= 19)) {
    return undefined;
  }
  return `Node ${version} is too old: Node 20.19 or later, 22 or 24 is needed.`;
}
