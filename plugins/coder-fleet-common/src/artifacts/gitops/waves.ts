/**
 * Order in which Argo CD applies objects, a whole number as text.
 * Source: Argo CD, sync phases and waves.
 *
 * @internal
 */
export const WAVE_ANNOTATION = 'argocd.argoproj.io/sync-wave';
