import { z } from 'zod/v3';
import type { Shape } from './fact';

/**
 * A pipeline that runs on a repository.
 *
 * @public
 */
export type PipelineEvidence = {
  path: string;
  /** `check`: judges the deployment; `publish-templates`: sends template versions to Coder. */
  purpose: 'check' | 'publish-templates' | 'other';
};

/**
 * Where things are kept under version control.
 *
 * @public
 */
export type GitEvidence = {
  /** The deployment's own repository. */
  repository: {
    location: string;
    commit: string;
    /** ISO 8601. */
    committedAt?: string;
  };
  pipelines: readonly PipelineEvidence[];
};

/**
 * How evidence of Git is read.
 *
 * @internal
 */
export const gitShapes: { [K in keyof GitEvidence]: Shape<GitEvidence[K]> } = {
  repository: z.object({
    location: z.string(),
    commit: z.string(),
    committedAt: z.string().datetime({ offset: true }).optional(),
  }),
  pipelines: z.array(
    z.object({
      path: z.string(),
      purpose: z.enum(['check', 'publish-templates', 'other']),
    }),
  ),
};
