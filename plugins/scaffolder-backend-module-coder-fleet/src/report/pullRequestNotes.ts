import { printable } from '@coder-fleet/backstage-plugin-coder-fleet-node';
import type { HandEdit } from '../publish/handEdits';
import { WHAT_BY_HAND } from './changeReport';

/** Paths that are listed at most: descriptions of pull requests are limited. */
const MAX_PATHS = 15;

/**
 * What whoever merges a pull request has to know, in Markdown: which files go, and what was edited by hand and
 * would be undone. Empty when there is neither.
 *
 * @internal
 */
export function pullRequestNotes(changes: {
  removed: readonly string[];
  handEdits: readonly Pick<HandEdit, 'path' | 'what'>[];
}): string {
  const { removed, handEdits } = changes;
  return [
    section(
      '**Edited by hand.** Merging this undoes it; to keep it, bring it into `coder-deployment.yaml` first:',
      handEdits.map(({ path, what }) => `${code(path)} ${WHAT_BY_HAND[what]}`),
    ),
    section(
      '**Files that go**, because they are not rendered any more:',
      removed.map(code),
    ),
  ]
    .filter(Boolean)
    .join('\n\n');
}

function section(title: string, items: readonly string[]): string {
  if (items.length === 0) {
    return '';
  }
  const rest = items.length - MAX_PATHS;
  return [
    title,
    '',
    ...items.slice(0, MAX_PATHS).map(item => `- ${item}`),
    ...(rest > 0 ? [`- … and ${rest} more`] : []),
  ].join('\n');
}

/** A span of code is closed by as many backticks as opened it: one more than the text has in a row. */
function code(text: string): string {
  const line = printable(text);
  const longest = Math.max(
    0,
    ...[...line.matchAll(/`+/g)].map(([run]) => run.length),
  );
  const fence = '`'.repeat(longest + 1);
  const pad = longest > 0 ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}
