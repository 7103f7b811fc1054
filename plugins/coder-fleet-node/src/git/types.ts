/**
 * Who a commit is by.
 *
 * @public
 */
export type CommitAuthor = { name: string; email: string };

/**
 * What to change in a repository, in one commit on `main`.
 *
 * @public
 */
export type PublishOptions = {
  /** Of the repository: a DNS label. It is created when it is not there. */
  name: string;
  /** Contents by path. Files that are not mentioned stay. */
  files: ReadonlyMap<string, string>;
  /** Paths of files that go; those that are not there are no mistake. */
  remove?: readonly string[];
  message: string;
  author: CommitAuthor;
  now: Date;
  /**
   * The commit that the change was made from: nothing is published when `main` is at another one by then.
   * `null` when there was none yet; when it is absent, the change goes onto whatever is there.
   */
  expectedParent?: string | null;
};

/**
 * The outcome of publishing.
 *
 * @public
 */
export type PublishResult = {
  /** The commit that `main` is at. */
  commit: string;
  /** Whether there is a new commit; none is made when nothing differs. */
  changed: boolean;
  /** Whether that is the repository's first commit. */
  created: boolean;
};

/**
 * One file of a tree. `size` in bytes.
 *
 * @public
 */
export type TreeFile = { path: string; oid: string; size: number };

/**
 * The content of a file; `text` is absent when it is binary or larger than 1 MiB. `size` in bytes.
 *
 * @public
 */
export type FileContent = { text?: string; size: number; oid: string };

/**
 * One commit of the history.
 *
 * @public
 */
export type CommitSummary = {
  commit: string;
  message: string;
  author: CommitAuthor;
  date: Date;
};
