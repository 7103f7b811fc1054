import type { AuthService } from '@backstage/backend-plugin-api';
import { ConflictError, ResponseError } from '@backstage/errors';
import {
  type CoderFleetApi,
  type DeploymentRecord,
  PLUGIN_ID,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';

/**
 * What is registered, as the tracker knows it.
 *
 * @internal
 */
export interface DeploymentRegistry {
  /** Every deployment. Throws when it cannot say so for all of them. */
  listAll(signal?: AbortSignal): Promise<DeploymentRecord[]>;
  /** One deployment; `undefined` only when the tracker says that there is none. */
  find(name: string): Promise<DeploymentRecord | undefined>;
}

/** Rows of one request; the most that the API gives. */
const PAGE_SIZE = 500;

/** Longest wait for one deployment. */
const FIND_TIMEOUT_MS = 30_000;

/** Attempts to read a list that changes while it is read. */
const MAX_ATTEMPTS = 3;

/**
 * Reads the registry over the tracker's HTTP API, as the catalog itself.
 *
 * @internal
 */
export class HttpDeploymentRegistry implements DeploymentRegistry {
  readonly #client: Pick<CoderFleetApi, 'listRecords' | 'getDeployment'>;
  readonly #auth: AuthService;

  constructor(options: {
    client: Pick<CoderFleetApi, 'listRecords' | 'getDeployment'>;
    auth: AuthService;
  }) {
    this.#client = options.client;
    this.#auth = options.auth;
  }

  async listAll(signal?: AbortSignal): Promise<DeploymentRecord[]> {
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      const records = await this.#readPages(signal);
      if (records) {
        return records;
      }
    }
    throw new ConflictError(
      'The registry changed each time it was read; the next synchronisation tries again',
    );
  }

  async find(name: string): Promise<DeploymentRecord | undefined> {
    try {
      return await this.#client.getDeployment(
        name,
        await this.#callOptions(AbortSignal.timeout(FIND_TIMEOUT_MS)),
      );
    } catch (error) {
      if (error instanceof ResponseError && error.response.status === 404) {
        return undefined;
      }
      throw error;
    }
  }

  /**
   * All pages; `undefined` when a deployment came or went in between: a row would be missing then,
   * and a deployment that is there would leave the catalog.
   */
  async #readPages(
    signal?: AbortSignal,
  ): Promise<DeploymentRecord[] | undefined> {
    const records = new Map<string, DeploymentRecord>();
    let total: number | undefined;
    let offset = 0;
    do {
      const page = await this.#client.listRecords(
        { sort: 'name', limit: PAGE_SIZE, offset },
        await this.#callOptions(signal),
      );
      if (total !== undefined && page.totalItems !== total) {
        return undefined;
      }
      total = page.totalItems;
      if (page.items.length === 0) {
        break;
      }
      page.items.forEach(record => records.set(record.name, record));
      offset += page.items.length;
    } while (offset < total);
    return records.size === total ? [...records.values()] : undefined;
  }

  async #callOptions(signal?: AbortSignal) {
    const { token } = await this.#auth.getPluginRequestToken({
      onBehalfOf: await this.#auth.getOwnServiceCredentials(),
      targetPluginId: PLUGIN_ID,
    });
    return { token, ...(signal && { signal }) };
  }
}
