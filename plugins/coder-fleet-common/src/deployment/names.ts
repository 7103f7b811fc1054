import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils';

/**
 * Longest name of a deployment. Leaves room for the suffixes of derived names in a DNS label (63).
 *
 * @public
 */
export const DEPLOYMENT_NAME_MAX_LENGTH = 30;

/**
 * Longest DNS label (RFC 1123), and so the longest name of a Kubernetes Service or namespace.
 *
 * @public
 */
export const DNS_LABEL_MAX_LENGTH = 63;

/**
 * A lower-case DNS label (RFC 1123).
 *
 * @public
 */
export const DNS_LABEL_PATTERN = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;

const HASH_LENGTH = 6;

/**
 * Joins parts with `-` to a name of at most `maxLength` characters. A longer one is cut and ends in
 * a 6-character hash of the whole, so that two long names never fall together.
 *
 * @public
 */
export function deriveName(
  parts: readonly string[],
  maxLength: number = DNS_LABEL_MAX_LENGTH,
): string {
  const whole = parts.join('-');
  if (whole.length <= maxLength) {
    return whole;
  }
  const hash = bytesToHex(sha256(utf8ToBytes(whole))).slice(0, HASH_LENGTH);
  const head = whole.slice(0, maxLength - HASH_LENGTH - 1).replace(/-+$/, '');
  return `${head}-${hash}`;
}

/**
 * Helm releases have at most 53 characters.
 * Source: Helm, "Release name ... must not be longer than 53".
 */
const HELM_RELEASE_MAX_LENGTH = 53;

/**
 * The names in Kubernetes that follow from a deployment's name.
 *
 * @public
 */
export type DerivedNames = {
  /** Namespace of the control plane. */
  namespace: string;
  /** Helm release of the control plane. */
  controlPlaneRelease: string;
  /** Namespace of a region's provisioners: two releases of their chart cannot share one. */
  provisionersNamespace(region: string, organization?: string): string;
  /** Namespace of a region's workspace proxy: its chart cannot share one with the control plane. */
  proxyNamespace(region: string): string;
  /** Namespace of a region's workspaces: quotas and rights are theirs alone. */
  workspacesNamespace(region: string): string;
  /** Helm release of a region's provisioners. */
  provisionersRelease(region: string, organization?: string): string;
  /** Helm release of a region's workspace proxy. */
  proxyRelease(region: string): string;
  /** Helm release that streams the events of a region's workspaces. */
  logstreamRelease(region: string): string;
};

/**
 * The one place where names are derived from a deployment's name.
 *
 * @public
 */
export function derivedNames(deploymentName: string): DerivedNames {
  const release = (...parts: string[]) =>
    deriveName([deploymentName, ...parts], HELM_RELEASE_MAX_LENGTH);
  return {
    namespace: deriveName(['coder', deploymentName]),
    provisionersNamespace: (region, organization) =>
      deriveName([
        ...['coder', deploymentName, 'provisioners', region],
        ...organizationPart(organization),
      ]),
    proxyNamespace: region =>
      deriveName(['coder', deploymentName, 'proxy', region]),
    workspacesNamespace: region =>
      deriveName(['coder', deploymentName, 'workspaces', region]),
    controlPlaneRelease: release(),
    provisionersRelease: (region, organization) =>
      release('provisioners', region, ...organizationPart(organization)),
    proxyRelease: region => release('proxy', region),
    logstreamRelease: region => release('logstream', region),
  };
}

/** `of` keeps `eu` of the organization `west` apart from the region `eu-west`. */
function organizationPart(organization: string | undefined): string[] {
  return organization === undefined ? [] : ['of', organization];
}
