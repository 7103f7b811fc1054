import { SOURCES, Source } from '../source';

/**
 * A way to give workspaces storage, and what the CVA says of it.
 *
 * @public
 */
export type VolumeType = {
  /** As people call it. */
  name: string;
  /** The field of a Kubernetes volume that it is; `subPath` is one of a mount. */
  key: string;
  verdict: 'validated' | 'refused';
  source: Source;
};

const of = (
  verdict: VolumeType['verdict'],
  name: string,
  key: string,
): VolumeType => ({ name, key, verdict, source: SOURCES.cvaStorage });

/**
 * Volume types of workspaces that the CVA names. What is not listed was neither validated nor refused.
 *
 * @public
 */
export const VOLUME_TYPES: readonly VolumeType[] = [
  of('validated', 'PersistentVolumeClaim', 'persistentVolumeClaim'),
  of('validated', 'NFS', 'nfs'),
  of('validated', 'subPath', 'subPath'),
  of('validated', 'cephfs', 'cephfs'),
  of('refused', 'Local', 'local'),
  of('refused', 'hostPath', 'hostPath'),
];

/**
 * What the CVA says of a kind of volume, by the field of a Kubernetes volume; `unlisted` when it says
 * nothing.
 *
 * @public
 */
export function volumeVerdict(key: string): VolumeType['verdict'] | 'unlisted' {
  const known = VOLUME_TYPES.find(type => type.key === key);
  return known?.verdict ?? 'unlisted';
}
