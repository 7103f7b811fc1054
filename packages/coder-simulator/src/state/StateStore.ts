import { readFile } from 'node:fs/promises';
import { InputError } from '@backstage/errors';
import { z } from 'zod/v3';
import {
  createDatabaseSeed,
  createTokenSet,
  TokenSet,
} from '../deployment/identity';
import { Faults, parseFaults } from '../faults/faults';
import { writeFileAtomic } from './atomicFile';

const stateSchema = z.object({
  version: z.literal(1),
  deployments: z.record(
    z.object({
      databaseSeed: z.string(),
      // Those that are missing came later; they are made when the file is read.
      tokens: z.object({
        owner: z.string(),
        auditor: z.string(),
        siteAuditor: z.string().optional(),
        templateAdmin: z.string().optional(),
        userAdmin: z.string().optional(),
        member: z.string(),
      }),
      faults: z.unknown().optional(),
    }),
  ),
});

type DeploymentRecord = {
  databaseSeed: string;
  tokens: TokenSet;
  faults?: Faults;
};

/**
 * What outlives a restart: per deployment the seed of its database, its tokens and its faults.
 * One JSON file, readable by its owner only.
 *
 * @internal
 */
export class StateStore {
  readonly #path: string;
  readonly #records: Map<string, DeploymentRecord>;
  #writing: Promise<void> = Promise.resolve();
  #queued: Promise<void> | undefined;

  private constructor(path: string, records: Map<string, DeploymentRecord>) {
    this.#path = path;
    this.#records = records;
  }

  /** Reads the file, or starts empty. Throws an `InputError` for a file that is not ours. */
  static async open(path: string): Promise<StateStore> {
    let text: string;
    try {
      text = await readFile(path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
        return new StateStore(path, new Map());
      }
      throw error;
    }
    return new StateStore(path, parseState(path, text));
  }

  /** Seed and tokens of a deployment; made on first use. Call `save` to keep them. */
  identity(name: string): { databaseSeed: string; tokens: TokenSet } {
    return this.#record(name);
  }

  /** Whether the deployment was ever seen. */
  has(name: string): boolean {
    return this.#records.has(name);
  }

  /** Faults of a deployment; undefined when nobody ever set or cleared any. */
  faults(name: string): Faults | undefined {
    return this.#records.get(name)?.faults;
  }

  /** Replaces the faults of a deployment. Call `save` to keep them. */
  setFaults(name: string, faults: Faults): void {
    this.#record(name).faults = faults;
  }

  /** Writes the file. Calls that come while a write is under way share the next one. */
  save(): Promise<void> {
    this.#queued ??= this.#writing
      .catch(() => undefined)
      .then(() => {
        this.#writing = this.#queued ?? Promise.resolve();
        this.#queued = undefined;
        return writeFileAtomic(this.#path, this.#toJson(), 0o600);
      });
    return this.#queued;
  }

  #record(name: string): DeploymentRecord {
    let record = this.#records.get(name);
    if (!record) {
      record = {
        databaseSeed: createDatabaseSeed(),
        tokens: createTokenSet(),
      };
      this.#records.set(name, record);
    }
    return record;
  }

  #toJson(): string {
    const deployments = Object.fromEntries(this.#records);
    return `${JSON.stringify({ version: 1, deployments }, null, 2)}\n`;
  }
}

function parseState(path: string, text: string): Map<string, DeploymentRecord> {
  try {
    const state = stateSchema.parse(JSON.parse(text));
    return new Map(
      Object.entries(state.deployments).map(([name, record]) => [
        name,
        {
          ...record,
          tokens: { ...createTokenSet(), ...record.tokens },
          faults:
            record.faults === undefined
              ? undefined
              : parseFaults(record.faults),
        },
      ]),
    );
  } catch {
    // The parser's message would quote the file, and the file holds tokens.
    throw new InputError(
      `${path} is not a state file of the simulator; remove it to start anew`,
    );
  }
}
