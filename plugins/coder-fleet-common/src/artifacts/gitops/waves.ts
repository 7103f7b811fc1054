/**
 * Order in which Argo CD applies the objects of one Application in one sync, a whole number as text. Nothing else reads
 * it: objects of other Applications, and those that `kubectl apply` creates, have no order by it.
 * Source: Argo CD, sync phases and waves.
 *
 * @internal
 */
export const WAVE_ANNOTATION = 'argocd.argoproj.io/sync-wave';

/**
 * What comes after what: the bootstrap Job needs the control plane, and makes the Secrets that the releases of
 * regions read.
 *
 * @internal
 */
export const WAVES = {
  manifests: 0,
  controlPlane: 1,
  bootstrap: 2,
  regions: 3,
} as const;
