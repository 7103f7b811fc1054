import type {
  UrlReaderService,
  UrlReaderServiceReadTreeOptions,
} from '@backstage/backend-plugin-api';
import { NotFoundError, NotModifiedError } from '@backstage/errors';

/** Hosts of repositories: what is on their default branches, by URL. */
export function fakeUrlReader() {
  const branches = new Map<string, Record<string, string>>();
  const failures = new Map<string, Error>();
  let revision = 0;
  const etags = new Map<string, string>();
  const readTree = jest.fn(
    async (url: string, options: UrlReaderServiceReadTreeOptions = {}) => {
      const failure = failures.get(url);
      const files = branches.get(url);
      const etag = etags.get(url) ?? '';
      if (failure || !files) {
        throw failure ?? new NotFoundError(`${url} is not there`);
      }
      if (options.etag === etag) {
        throw new NotModifiedError();
      }
      const shown = Object.entries(files).filter(([path, text]) =>
        options.filter?.(path, { size: text.length }),
      );
      return {
        etag,
        files: async () =>
          shown.map(([path, text]) => ({
            path,
            content: async () => Buffer.from(text),
          })),
        archive: async () => {
          throw new Error('Nobody needs it');
        },
        dir: async () => {
          throw new Error('Nobody needs it');
        },
      };
    },
  );
  return {
    readTree: readTree satisfies UrlReaderService['readTree'],
    /** Puts files on the default branch. */
    merge(url: string, files: Record<string, string>) {
      failures.delete(url);
      branches.set(url, files);
      etags.set(url, `revision-${(revision += 1)}`);
    },
    fail(url: string, error: Error) {
      failures.set(url, error);
    },
    /** It answers as before. */
    recover(url: string) {
      failures.delete(url);
    },
  };
}
