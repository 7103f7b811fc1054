import { checkLinks } from '@coder-fleet/backstage-plugin-coder-fleet-node';
import type {
  CoderClient,
  HttpClient,
} from '@coder-fleet/backstage-plugin-coder-fleet-node';
import type {
  Attempt,
  SupportLinksFact,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type { CoderApi } from './CoderApi';

type Client = Pick<
  CoderClient,
  'buildInfo' | 'health' | 'replicas' | 'entitlements' | 'appearance'
>;

type Options = { signal?: AbortSignal };

/**
 * What the tracker asks of a deployment, and of the pages that it sends its users to.
 *
 * @internal
 */
export class DeploymentApi implements CoderApi {
  readonly #client: Client;
  readonly #http: HttpClient;

  constructor(options: { client: Client; http: HttpClient }) {
    this.#client = options.client;
    this.#http = options.http;
  }

  buildInfo(options: Options) {
    return this.#client.buildInfo(options);
  }

  health(options: Options & { force?: boolean }) {
    return this.#client.health(options);
  }

  replicas(options: Options) {
    return this.#client.replicas(options);
  }

  entitlements(options: Options) {
    return this.#client.entitlements(options);
  }

  async supportLinks({ signal }: Options): Promise<Attempt<SupportLinksFact>> {
    const appearance = await this.#client.appearance({ signal });
    if (appearance.status !== 'ok') {
      return appearance;
    }
    const links = appearance.value.supportLinks;
    return {
      status: 'ok',
      value: await checkLinks({ http: this.#http, links, signal }),
    };
  }
}
