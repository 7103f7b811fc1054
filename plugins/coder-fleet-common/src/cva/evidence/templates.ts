import { z } from 'zod/v3';
import type { Shape } from './fact';

/**
 * Something that the lint found in a template's source.
 *
 * @public
 */
export type LintEvidence = {
  /** What it is about, for example `hostPath`. */
  check: string;
  severity: 'error' | 'warning';
  message: string;
  /** File and line, as `main.tf:12`. */
  where?: string;
};

/**
 * A template of a deployment.
 *
 * @public
 */
export type TemplateEvidence = {
  name: string;
  /** Name of the version that new workspaces get; with GitOps it is the commit. */
  activeVersion?: string;
  /** The commit that Git has; absent when it is not known to be in Git. */
  gitRevision?: string;
  deprecated: boolean;
  requireActiveVersion: boolean;
  /** What its source was found to be; absent when it was not looked at. */
  source?: {
    lint: readonly LintEvidence[];
    /** Types of volumes that it mounts. */
    volumes: readonly string[];
    /** Whether it places workspaces on nodes. */
    placement: {
      nodeSelector: boolean;
      affinity: boolean;
      tolerations: boolean;
    };
    /** Ports that its network rules open into workspaces. */
    openPorts: readonly number[];
  };
};

/**
 * An account that may administer templates.
 *
 * @public
 */
export type AdministratorEvidence = {
  username: string;
  /** For example `template-admin`, `owner`. */
  roles: readonly string[];
  /** Whether workspaces were used with it lately: then it is somebody's daily account. */
  usesWorkspaces?: boolean;
};

/**
 * A deployment's templates and who keeps them.
 *
 * @public
 */
export type TemplatesEvidence = {
  templates: readonly TemplateEvidence[];
  administrators: readonly AdministratorEvidence[];
};

/**
 * How evidence of the templates is read.
 *
 * @internal
 */
export const templatesShapes: {
  [K in keyof TemplatesEvidence]: Shape<TemplatesEvidence[K]>;
} = {
  templates: z.array(
    z.object({
      name: z.string(),
      activeVersion: z.string().optional(),
      gitRevision: z.string().optional(),
      deprecated: z.boolean(),
      requireActiveVersion: z.boolean(),
      source: z
        .object({
          lint: z.array(
            z.object({
              check: z.string(),
              severity: z.enum(['error', 'warning']),
              message: z.string(),
              where: z.string().optional(),
            }),
          ),
          volumes: z.array(z.string()),
          placement: z.object({
            nodeSelector: z.boolean(),
            affinity: z.boolean(),
            tolerations: z.boolean(),
          }),
          openPorts: z.array(z.number()),
        })
        .optional(),
    }),
  ),
  administrators: z.array(
    z.object({
      username: z.string(),
      roles: z.array(z.string()),
      usesWorkspaces: z.boolean().optional(),
    }),
  ),
};
