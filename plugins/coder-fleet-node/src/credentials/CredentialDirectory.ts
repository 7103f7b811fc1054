import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { parse } from 'yaml';
import { parseCredential } from './credential';
import type { Credential } from './credential';

const MAX_FILE_BYTES = 64 * 1024;

type Entry = {
  /** Tells whether a file changed, symbolic links followed. */
  fingerprint: string;
  credential?: Credential;
};

/** Files that start with a dot are how Kubernetes swaps a mounted Secret; the others are leftovers of editors. */
function isCandidate(name: string): boolean {
  return !name.startsWith('.') && !name.endsWith('~');
}

function parseFile(path: string, size: number): Credential {
  if (size > MAX_FILE_BYTES) {
    throw new Error(`is larger than ${MAX_FILE_BYTES} bytes`);
  }
  const text = readFileSync(path, 'utf8');
  let content: unknown;
  try {
    content = parse(text, { logLevel: 'error' });
  } catch {
    // The parser's own message quotes the file.
    throw new Error('is not YAML');
  }
  return parseCredential(content);
}

/**
 * A directory with one YAML file an origin. Only what changed is read again. Synchronous, because a
 * look-up must not wait, and a directory that fits into a mounted Secret is scanned in milliseconds.
 *
 * @internal
 */
export class CredentialDirectory {
  readonly #path: string;
  readonly #logger: LoggerService;
  #entries = new Map<string, Entry>();
  #unreadable = false;

  constructor(options: { path: string; logger: LoggerService }) {
    this.#path = options.path;
    this.#logger = options.logger;
  }

  /** Looks for changes; tells whether there were any. */
  scan(): boolean {
    const before = this.#entries;
    const after = new Map<string, Entry>();
    let changed = false;
    for (const name of this.#names()) {
      const entry = this.#read(name, before.get(name));
      if (entry) {
        after.set(name, entry);
        changed ||= entry !== before.get(name);
      }
    }
    this.#entries = after;
    return changed || after.size !== before.size;
  }

  /** Credentials with the names of their files, in the order of the names. */
  *credentials(): Iterable<[file: string, credential: Credential]> {
    for (const [name, { credential }] of this.#entries) {
      if (credential) {
        yield [name, credential];
      }
    }
  }

  #names(): string[] {
    try {
      const names = readdirSync(this.#path).filter(isCandidate).sort();
      this.#unreadable = false;
      return names;
    } catch (error) {
      if (!this.#unreadable) {
        this.#unreadable = true;
        const { code } = error as NodeJS.ErrnoException;
        this.#logger.warn(
          `coderFleet.credentials.directory: ${this.#path} cannot be read (${code}); its tokens are missing until it can`,
        );
      }
      return [];
    }
  }

  #read(name: string, before: Entry | undefined): Entry | undefined {
    const path = join(this.#path, name);
    const stat = statSync(path, { throwIfNoEntry: false });
    if (!stat?.isFile()) {
      return undefined;
    }
    const fingerprint = `${stat.mtimeMs}:${stat.ctimeMs}:${stat.ino}:${stat.size}`;
    if (before?.fingerprint === fingerprint) {
      return before;
    }
    try {
      return { fingerprint, credential: parseFile(path, stat.size) };
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      this.#logger.warn(
        `coderFleet.credentials.directory: ${name} is ignored: ${code ?? message}`,
      );
      return { fingerprint };
    }
  }
}
