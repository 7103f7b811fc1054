/**
 * Order in which Argo CD applies objects, a whole number as text.
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
