import type { Plan, PlannedRelease } from '../../architecture/plan';
import { deriveName } from '../../deployment/names';
import { PROVISIONER_KEY_SECRET, provisionerTags } from '../helm/provisioners';
import { proxyTokenSecret } from '../helm/proxy';

/**
 * What the bootstrap Job makes for a release of a region: a key of provisioners, or the token of a proxy.
 *
 * @internal
 */
export type BootstrapSecret = {
  of: 'provisioners' | 'proxy';
  region: string;
  /** Of provisioners; the default one when it is absent. */
  organization?: string;
  /** Where the Job writes it: beside the release, or beside the control plane when that is in another cluster. */
  written: { namespace: string; name: string };
  /** Where the release reads it. */
  read: { namespace: string; name: string; cluster: string };
  key: string;
  /** Of the provisioners that use it. */
  tags?: Readonly<Record<string, string>>;
};

/**
 * The Secrets that the bootstrap Job makes. It reaches its own cluster only: those of other clusters wait in the
 * control plane's namespace until somebody hands them over.
 *
 * @internal
 */
export function bootstrapSecrets(plan: Plan): BootstrapSecret[] {
  return [
    ...plan.provisioners.map(release =>
      secretOf(plan, release, {
        of: 'provisioners',
        ...PROVISIONER_KEY_SECRET,
        tags: provisionerTags(plan, release),
      }),
    ),
    ...plan.proxies.map(release =>
      secretOf(plan, release, {
        of: 'proxy',
        ...proxyTokenSecret(release.region),
      }),
    ),
  ];
}

/**
 * Whether somebody has to bring a Secret to the cluster where it is read.
 *
 * @internal
 */
export function isHandedOver(plan: Plan, { read }: BootstrapSecret): boolean {
  return read.cluster !== plan.controlPlane.cluster;
}

function secretOf(
  { controlPlane }: Plan,
  { region, organization, namespace, cluster }: PlannedRelease,
  secret: Pick<BootstrapSecret, 'of' | 'key' | 'tags'> & { name: string },
): BootstrapSecret {
  const { of, name, key, tags } = secret;
  return {
    of,
    region,
    ...(organization !== undefined && { organization }),
    written:
      cluster === controlPlane.cluster
        ? { namespace, name }
        : {
            namespace: controlPlane.namespace,
            // Of several regions in one namespace
            name: deriveName([
              ...['hand-over', of, region],
              ...(organization === undefined ? [] : ['of', organization]),
            ]),
          },
    read: { namespace, name, cluster },
    key,
    ...(tags && { tags }),
  };
}
