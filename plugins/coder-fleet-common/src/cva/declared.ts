import type { EnvVar, HelmValues } from '../artifacts/helm/values';
import { envValue, envVariable } from './evidence/artifacts';
import type { RepositoryEvidence } from './evidence';
import type { Check, Look } from './Look';

/**
 * The fact that declared things are read from.
 *
 * @internal
 */
export const REPOSITORY = 'artifacts.repository';

/**
 * Checks the repository, once the control plane's Helm values in it could be read.
 *
 * @internal
 */
export function declared(
  look: Look,
  checks: (
    values: HelmValues,
    repository: RepositoryEvidence,
  ) => Check | Check[],
): Check[] {
  return look.of(REPOSITORY, repository => {
    const { controlPlane } = repository;
    if (!controlPlane) {
      return [
        look.unknown(
          REPOSITORY,
          "the control plane's Helm values in the repository",
        ),
      ];
    }
    const made = checks(controlPlane, repository);
    return Array.isArray(made) ? made : [made];
  });
}

/**
 * The releases of a repository with what to call them: control plane, proxies and provisioners by
 * region.
 *
 * @internal
 */
export function releases(
  repository: RepositoryEvidence,
): Array<{ name: string; values: HelmValues }> {
  const named = (
    kind: string,
    byRegion: Readonly<Record<string, HelmValues>>,
  ) =>
    Object.entries(byRegion).map(([region, values]) => ({
      name: `${kind} in ${region}`,
      values,
    }));
  return [
    ...(repository.controlPlane
      ? [{ name: 'control plane', values: repository.controlPlane }]
      : []),
    // Where only the values of the control plane are known, there are no others to judge
    ...('proxies' in repository ? named('proxy', repository.proxies) : []),
    ...('provisioners' in repository
      ? named('provisioners', repository.provisioners)
      : []),
  ];
}

/**
 * A variable in words: its literal value, where it comes from, or that it is not set.
 *
 * @internal
 */
export function describeVariable(variable: EnvVar | undefined): string {
  if (!variable) {
    return 'not set';
  }
  return 'valueFrom' in variable
    ? `from the Secret ${variable.valueFrom.secretKeyRef.name}, key ${variable.valueFrom.secretKeyRef.key}`
    : variable.value;
}

export { envValue, envVariable };
