import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { systemClock } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type { Clock } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { parseCredential } from './credential';
import type { Credential, CredentialSlot } from './credential';
import { CredentialDirectory } from './CredentialDirectory';
import { normalizeOrigin } from './origin';

/** A token that changes is in use after this long at the latest. */
const SCAN_INTERVAL_MS = 5_000;

/** A token that is missed is looked for this often, so that a new deployment need not wait. */
const MISS_INTERVAL_MS = 1_000;

/**
 * Whatever knows tokens by origin.
 *
 * @public
 */
export interface CredentialLookup {
  /** The token for exactly this origin (in any notation), if there is one. */
  get(origin: string, slot: CredentialSlot): string | undefined;
}

function readOrigins(config: Config): Credential[] {
  const path = 'coderFleet.credentials.origins';
  return (config.getOptionalConfigArray(path) ?? []).map((entry, index) => {
    try {
      return parseCredential(entry.get());
    } catch (error) {
      throw new InputError(`${path}[${index}] ${(error as Error).message}`);
    }
  });
}

/**
 * The tokens of Coder deployments, from `coderFleet.credentials`: a directory with one YAML file an
 * origin, and a list. They are looked up by origin and nothing else, so that no request can make a
 * token travel to another host. Tokens live in private fields: no log, error or serialisation shows them.
 *
 * @public
 */
export class CredentialStore implements CredentialLookup {
  readonly #configured: readonly Credential[];
  readonly #directory?: CredentialDirectory;
  readonly #logger: LoggerService;
  readonly #clock: Clock;
  #byOrigin: ReadonlyMap<string, Credential> = new Map();
  #scannedAt: number;
  #reported: ReadonlySet<string> = new Set();

  private constructor(options: {
    configured: readonly Credential[];
    directory?: CredentialDirectory;
    logger: LoggerService;
    clock: Clock;
  }) {
    this.#configured = options.configured;
    this.#directory = options.directory;
    this.#logger = options.logger;
    this.#clock = options.clock;
    this.#directory?.scan();
    this.#index();
    this.#scannedAt = this.#clock().getTime();
  }

  /** Throws an `InputError` that names a malformed entry of the list, without its token. */
  static fromConfig(
    config: Config,
    options: { logger: LoggerService; clock?: Clock },
  ): CredentialStore {
    const { logger, clock = systemClock } = options;
    const path = config.getOptionalString('coderFleet.credentials.directory');
    return new CredentialStore({
      configured: readOrigins(config),
      directory: path ? new CredentialDirectory({ path, logger }) : undefined,
      logger,
      clock,
    });
  }

  /** {@inheritdoc CredentialLookup.get} */
  get(origin: string, slot: CredentialSlot): string | undefined {
    let key: string;
    try {
      key = normalizeOrigin(origin);
    } catch {
      return undefined;
    }
    this.#refresh(SCAN_INTERVAL_MS);
    const known = this.#byOrigin.get(key)?.tokens.get(slot);
    if (known === undefined) {
      this.#refresh(MISS_INTERVAL_MS);
    }
    return this.#byOrigin.get(key)?.tokens.get(slot);
  }

  #refresh(maxAgeMs: number) {
    const now = this.#clock().getTime();
    if (this.#directory && now - this.#scannedAt >= maxAgeMs) {
      this.#scannedAt = now;
      if (this.#directory.scan()) {
        this.#index();
      }
    }
  }

  #index() {
    const index = new Map<string, Credential>();
    const places = new Map<string, string>();
    const duplicates = new Set<string>();
    const add = (place: string, credential: Credential) => {
      const { origin } = credential;
      const first = places.get(origin);
      if (first) {
        duplicates.add(
          `${origin} has credentials in ${first} and in ${place}; those in ${first} are used`,
        );
      } else {
        places.set(origin, place);
        index.set(origin, credential);
      }
    };
    this.#configured.forEach(entry =>
      add('coderFleet.credentials.origins', entry),
    );
    for (const [file, credential] of this.#directory?.credentials() ?? []) {
      add(file, credential);
    }
    for (const duplicate of duplicates) {
      if (!this.#reported.has(duplicate)) {
        this.#logger.warn(duplicate);
      }
    }
    this.#reported = duplicates;
    this.#byOrigin = index;
  }
}
