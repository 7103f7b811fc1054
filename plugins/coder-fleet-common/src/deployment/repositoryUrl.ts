import { InputError } from '@backstage/errors';

/**
 * The address of a repository that was picked in a form: `github.com?owner=example&repo=coder`, as Backstage's
 * field `RepoUrlPicker` gives it, is `https://github.com/example/coder`. Azure DevOps has `organization` and
 * `project` instead of `owner`, Bitbucket has `workspace`. Throws an `InputError`.
 *
 * @public
 */
export function repositoryUrl(repoUrl: string): string {
  const { host, username, password, pathname, searchParams } = parse(repoUrl);
  const answer = (name: string) => searchParams.get(name)?.trim() || undefined;
  const repo = answer('repo');
  const organization = answer('organization');
  const project = answer('project');
  const owner = answer('workspace') ?? answer('owner');
  if (username || password || pathname !== '/' || !repo) {
    throw notPicked(repoUrl);
  }
  if (organization && project) {
    return address(host, [organization, project, '_git', repo]);
  }
  if (owner) {
    // Groups of GitLab lie in groups
    return address(host, [...owner.split('/'), repo]);
  }
  throw notPicked(repoUrl);
}

function parse(repoUrl: string): URL {
  try {
    return new URL(`https://${repoUrl}`);
  } catch {
    throw notPicked(repoUrl);
  }
}

function address(host: string, segments: readonly string[]): string {
  return `https://${host}/${segments.map(encodeURIComponent).join('/')}`;
}

function notPicked(repoUrl: string): InputError {
  return new InputError(
    `"${repoUrl}" is not a repository: it has the form github.com?owner=example&repo=coder, as RepoUrlPicker gives it`,
  );
}
