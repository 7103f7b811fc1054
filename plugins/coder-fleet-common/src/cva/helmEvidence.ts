import type { Artifact } from '../artifacts/artifact';
import { ARTIFACT_PATHS } from '../artifacts/artifact';
import type { EnvVar, HelmValues } from '../artifacts/helm/values';
import { fromYaml } from '../artifacts/yaml';
import type { Evidence } from './rule';

/**
 * Reads Helm values out of a repository's files.
 *
 * @internal
 */
export function helmEvidence(
  artifacts: readonly Artifact[],
): NonNullable<Evidence['artifacts']> {
  const provisioners: Record<string, HelmValues> = {};
  let controlPlane: HelmValues | undefined;
  for (const { path, content } of artifacts) {
    const region = /^helm\/provisioners\/([^/]+)\/values\.yaml$/.exec(path);
    if (path === ARTIFACT_PATHS.controlPlaneValues) {
      controlPlane = readValues(content);
    } else if (region) {
      const values = readValues(content);
      if (values) {
        provisioners[region[1]] = values;
      }
    }
  }
  return { ...(controlPlane && { controlPlane }), provisioners };
}

function readValues(text: string): HelmValues | undefined {
  const data = fromYaml(text);
  return typeof data === 'object' && data !== null && !Array.isArray(data)
    ? (data as HelmValues)
    : undefined;
}

/**
 * A variable of the pods by name; the last one wins, as on Kubernetes.
 *
 * @internal
 */
export function envVar(values: HelmValues, name: string): EnvVar | undefined {
  const env = values.coder?.env;
  return Array.isArray(env)
    ? env.filter(variable => variable?.name === name).pop()
    : undefined;
}

/**
 * The literal value of a variable of the pods.
 *
 * @internal
 */
export function envValue(values: HelmValues, name: string): string | undefined {
  const variable = envVar(values, name);
  return variable && 'value' in variable ? String(variable.value) : undefined;
}
