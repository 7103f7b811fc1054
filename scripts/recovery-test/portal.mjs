/** What a person fills into the form. */
const REQUEST = {
  displayName: 'Recovered',
  owner: 'group:default/team-retail',
  businessUnit: 'retail',
  edition: 'premium',
  expectedUsers: 500,
  activeShare: 0.6,
  region: 'eu-west',
  cluster: 'demo-eu-west',
  databaseSecretName: 'coder-db-url',
  databaseSecretKey: 'url',
  databaseHighlyAvailable: true,
  backupSchedule: '0 2 * * *',
  backupRetentionDays: 30,
  releaseBy: 'channel',
  channel: 'stable',
  supportLinks: [],
};

function addresses(name) {
  return {
    accessUrl: `https://${name}.coder.localhost:7443`,
    wildcardUrl: `*.${name}.coder.localhost`,
  };
}

/** A portal's API, as its own pages use it. */
export class PortalApi {
  #url;
  #token;

  constructor(url) {
    this.#url = url;
  }

  /** Signs in as the platform engineer of the demo; false until the catalog knows her. */
  async signIn() {
    const response = await this.#send('POST', '/api/auth/personas/refresh', {
      'x-portal-persona': 'platform',
    });
    if (response.ok) {
      this.#token = (await response.json()).backstageIdentity.token;
    }
    return response.ok;
  }

  /** Whether the catalog knows the template already. */
  async hasTemplate() {
    const response = await this.#send(
      'GET',
      '/api/catalog/entities/by-name/template/default/coder-deployment',
    );
    return response.ok;
  }

  /** Runs the template; answers with the id of the task. */
  async createTask(name, values = {}) {
    const { id } = await this.#json(
      'POST',
      '/api/scaffolder/v2/tasks',
      {},
      {
        templateRef: 'template:default/coder-deployment',
        values: { ...REQUEST, ...values, name, ...addresses(name) },
      },
    );
    return id;
  }

  async task(id) {
    return this.#json('GET', `/api/scaffolder/v2/tasks/${id}`);
  }

  /** Messages of a task's log. */
  async log(id) {
    const events = await this.#json(
      'GET',
      `/api/scaffolder/v2/tasks/${id}/events`,
    );
    return events.map(({ body }) => body.message ?? '');
  }

  async deployments(name) {
    return this.#json('GET', `/api/coder-fleet/deployments?search=${name}`);
  }

  async #json(method, path, headers, body) {
    const response = await this.#send(method, path, headers, body);
    if (!response.ok) {
      throw new Error(
        `${method} ${path}: ${response.status} ${await response.text()}`,
      );
    }
    return response.json();
  }

  #send(method, path, headers = {}, body = undefined) {
    return fetch(`${this.#url}${path}`, {
      method,
      headers: {
        ...headers,
        ...(this.#token && { authorization: `Bearer ${this.#token}` }),
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
  }
}
