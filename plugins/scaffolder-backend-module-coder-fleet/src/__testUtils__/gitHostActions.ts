import {
  createTemplateAction,
  type TemplateAction,
} from '@backstage/plugin-scaffolder-node';
import { z } from 'zod/v3';

/**
 * A call of an action of a Git host: which, and with what.
 *
 * @internal
 */
export type GitHostCall = { action: string; input: Record<string, unknown> };

const text = () => z.string();
const maybe = () => z.string().optional();

/** What makes a repository. */
const NEW = {
  repoUrl: text,
  defaultBranch: maybe,
  gitCommitMessage: maybe,
  sourcePath: maybe,
};

/**
 * Of the actions that Backstage has for Git hosts, the inputs that templates use here: what is not among them is
 * refused, as those actions do. Source: the modules github 0.10.4, gitlab 0.12.0, azure 0.2.26 and
 * bitbucket-cloud 0.3.11.
 */
const INPUTS = {
  'publish:github': { ...NEW, description: maybe, repoVisibility: maybe },
  'publish:github:pull-request': {
    repoUrl: text,
    branchName: text,
    title: text,
    description: text,
    sourcePath: maybe,
    targetPath: maybe,
    filesToDelete: () => z.array(z.string()).optional(),
    update: () => z.boolean().optional(),
  },
  'publish:gitlab': { ...NEW, repoVisibility: maybe },
  'publish:gitlab:merge-request': {
    repoUrl: text,
    branchName: text,
    title: text,
    description: maybe,
    sourcePath: maybe,
    targetPath: maybe,
    commitAction: maybe,
  },
  'publish:azure': { ...NEW, description: maybe },
  'publish:bitbucketCloud': {
    ...NEW,
    description: maybe,
    repoVisibility: maybe,
  },
  'publish:bitbucketCloud:pull-request': {
    repoUrl: text,
    sourceBranch: text,
    title: text,
    description: maybe,
  },
};

/** What each gives back, made up. */
const OUTPUTS: Record<keyof typeof INPUTS, Record<string, string>> = {
  'publish:github': { remoteUrl: 'https://github.com/made/up.git' },
  'publish:github:pull-request': {
    remoteUrl: 'https://github.com/example/fleet/pull/7',
  },
  'publish:gitlab': { remoteUrl: 'https://gitlab.com/made/up' },
  'publish:gitlab:merge-request': {
    mergeRequestUrl: 'https://gitlab.com/example/fleet/-/merge_requests/7',
  },
  'publish:azure': { remoteUrl: 'https://dev.azure.com/made/up' },
  'publish:bitbucketCloud': { remoteUrl: 'https://bitbucket.org/made/up.git' },
  'publish:bitbucketCloud:pull-request': {
    pullRequestUrl: 'https://bitbucket.org/example/fleet/pull-requests/7',
  },
};

/**
 * Stand-ins of the actions that Backstage has for Git hosts: they take the same inputs, publish nothing, and
 * write down each call into `calls`.
 *
 * @internal
 */
export function gitHostStandIns(calls: GitHostCall[]): TemplateAction[] {
  return Object.entries(INPUTS).map(
    ([id, input]) =>
      createTemplateAction({
        id,
        schema: { input },
        async handler(ctx) {
          calls.push({ action: id, input: ctx.input });
          for (const [name, value] of Object.entries(
            OUTPUTS[id as keyof typeof INPUTS],
          )) {
            ctx.output(name as never, value as never);
          }
        },
      }) as unknown as TemplateAction,
  );
}
