import { InputError } from '@backstage/errors';
import {
  DNS_LABEL_MAX_LENGTH,
  DNS_LABEL_PATTERN,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type { CommitAuthor } from './types';

const MAX_COMPONENT_BYTES = 255;
const MAX_PATH_BYTES = 1_024;

/** macOS ignores these in names, so that `.g<U+200C>it` would become `.git` there. */
const IGNORED_BY_HFS = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g;

/** `.git` and what Windows takes for it. */
const DOT_GIT = /^(?:\.git|git~\d+)[ .]*(?::.*)?$/;

const REF_NAME = /^[0-9A-Za-z][0-9A-Za-z._/-]{0,199}$/;

/**
 * Throws an `InputError` unless `name` is a DNS label.
 *
 * @internal
 */
export function assertRepositoryName(name: string): void {
  if (name.length > DNS_LABEL_MAX_LENGTH || !DNS_LABEL_PATTERN.test(name)) {
    throw new InputError(
      `The name of a repository has at most ${DNS_LABEL_MAX_LENGTH} lower-case letters, digits and hyphens, and begins and ends with a letter or digit`,
    );
  }
}

function problemOfComponent(component: string): string | undefined {
  if (component === '' || component === '.' || component === '..') {
    return 'must not be absolute and has no empty, "." or ".." parts';
  }
  if (/[\\\p{Cc}]/u.test(component)) {
    return 'must not hold backslashes or control characters';
  }
  const folded = component.replace(IGNORED_BY_HFS, '').toLocaleLowerCase('en');
  if (DOT_GIT.test(folded)) {
    return 'must not lead into .git';
  }
  return Buffer.byteLength(component) > MAX_COMPONENT_BYTES
    ? 'has a part that is too long'
    : undefined;
}

/**
 * Throws an `InputError` unless `path` is a relative path that is safe on every system a repository may be
 * cloned to.
 *
 * @public
 */
export function assertFilePath(path: string): void {
  const problem =
    Buffer.byteLength(path) > MAX_PATH_BYTES
      ? 'is too long'
      : path.split('/').map(problemOfComponent).find(Boolean);
  if (problem) {
    throw new InputError(`The path ${JSON.stringify(path)} ${problem}`);
  }
}

/**
 * Throws an `InputError` unless `ref` may be the name of a branch or tag.
 *
 * @public
 */
export function assertRefName(ref: string): void {
  const parts = ref.split('/');
  if (
    !REF_NAME.test(ref) ||
    ref.includes('..') ||
    parts.some(
      part =>
        part === '' ||
        part.startsWith('.') ||
        part.endsWith('.') ||
        part.endsWith('.lock'),
    )
  ) {
    throw new InputError(
      'A ref is the name of a branch or tag, or a commit of 40 hexadecimal digits',
    );
  }
}

/**
 * An author whose fields cannot break out of the header of a commit.
 *
 * @public
 */
export function cleanAuthor(author: CommitAuthor): CommitAuthor {
  const clean = (text: string) => text.replace(/[<>\p{Cc}]/gu, '').trim();
  const name = clean(author.name);
  const email = clean(author.email);
  if (!name || !email) {
    throw new InputError('A commit needs an author with a name and an email');
  }
  return { name, email };
}

/**
 * A message without control characters other than line ends and tabs.
 *
 * @public
 */
export function cleanMessage(message: string): string {
  const clean = message
    .replace(/\r\n?/g, '\n')
    .replace(/(?![\n\t])\p{Cc}/gu, '')
    .trim();
  if (!clean) {
    throw new InputError('A commit needs a message');
  }
  return `${clean}\n`;
}
