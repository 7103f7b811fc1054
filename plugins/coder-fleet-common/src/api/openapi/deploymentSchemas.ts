const stateSchema = {
  type: 'string',
  description:
    'The one word that a deployment has in lists; only `healthy` is green',
  enum: [
    'retired',
    'provisioning',
    'missing',
    'upgrading',
    'unreachable',
    'failing',
    'degraded',
    'unknown',
    'healthy',
  ],
} as const;

const summaryProperties = {
  name: { type: 'string', description: 'Identity; never changes' },
  displayName: { type: 'string' },
  state: { $ref: '#/components/schemas/DeploymentState' },
  stateReason: { type: 'string', description: 'Why, in one sentence' },
  observedVersion: {
    type: 'string',
    description: 'As last reported by the server; absent until it was seen',
  },
  plannedVersion: { type: 'string', description: 'What was asked for' },
  region: { type: 'string', description: 'Region of the control plane' },
  businessUnit: { type: 'string' },
  owner: {
    type: 'string',
    description: 'Catalog reference, always with kind and namespace',
  },
  edition: { type: 'string' },
  tier: { type: 'string', description: "Row of the CVA's sizing tables" },
  accessUrl: { type: 'string' },
  lastSeen: {
    type: 'string',
    format: 'date-time',
    description: 'When it last answered; absent until it was seen',
  },
  registeredAt: { type: 'string', format: 'date-time' },
} as const;

const summaryRequired = [
  'name',
  'displayName',
  'state',
  'stateReason',
  'plannedVersion',
  'region',
  'businessUnit',
  'owner',
  'edition',
  'tier',
  'accessUrl',
  'registeredAt',
] as const;

const recordProperties = {
  ...summaryProperties,
  deployment: { $ref: '#/components/schemas/CoderDeployment' },
  plan: { $ref: '#/components/schemas/Plan' },
  repository: { $ref: '#/components/schemas/RepositoryRef' },
  pullRequest: { $ref: '#/components/schemas/PullRequestStanding' },
  upgrade: { $ref: '#/components/schemas/UpgradeWindow' },
} as const;

const upgradeProperties = {
  until: { type: 'string', format: 'date-time' },
  targetVersion: {
    type: 'string',
    maxLength: 40,
    description: 'Where it goes, for example `2.37.1`',
  },
  reason: { type: 'string', maxLength: 200 },
} as const;

const repositoryProperties = {
  type: {
    type: 'string',
    enum: ['directory', 'url'],
    description:
      '`directory`: a bare repository in the directory of `coderFleet.publish.git`',
  },
  location: {
    type: 'string',
    minLength: 1,
    maxLength: 500,
    description:
      'Name in the directory (that of the deployment), or an http(s) URL without credentials',
  },
  commit: {
    type: 'string',
    pattern: '^[0-9a-f]{40}(?:[0-9a-f]{24})?$',
    description: 'The commit that was published last',
  },
} as const;

const recordRequired = [...summaryRequired, 'deployment', 'plan'] as const;

/**
 * Schemas of deployments in the OpenAPI document.
 *
 * @internal
 */
export const deploymentSchemas = {
  DeploymentState: stateSchema,
  CoderDeployment: {
    type: 'object',
    description:
      'A `coder-deployment.yaml` as data. Its fields have a JSON schema of their own: `deploymentJsonSchema()` of the common package',
    properties: {
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      metadata: { type: 'object', additionalProperties: true },
      spec: { type: 'object', additionalProperties: true },
    },
    required: ['apiVersion', 'kind', 'metadata', 'spec'],
    additionalProperties: true,
  },
  Plan: {
    type: 'object',
    description:
      'The architecture that the CVA derives from the spec. Every figure is an object with `value` and `source`: type `Plan` of the common package',
    properties: {
      name: { type: 'string' },
      cvaGeneration: { type: 'string' },
    },
    required: ['name', 'cvaGeneration'],
    additionalProperties: true,
  },
  RepositoryRef: {
    type: 'object',
    description: "Where a deployment's artifacts are kept",
    properties: repositoryProperties,
    required: ['type', 'location'],
    additionalProperties: false,
  },
  RegisteredRepository: {
    type: 'object',
    description: 'A repository as a registration names it',
    properties: {
      ...repositoryProperties,
      pullRequest: {
        type: 'string',
        minLength: 1,
        maxLength: 300,
        description:
          'The pull request that brings the deployment there, an http(s) URL without credentials: it starts once that is merged',
      },
    },
    required: ['type', 'location'],
    additionalProperties: false,
  },
  PullRequestStanding: {
    type: 'object',
    description: 'The pull request with which a deployment was requested',
    properties: {
      url: { type: 'string' },
      openSince: {
        type: 'string',
        format: 'date-time',
        description:
          'Since when its merge is waited for. Absent once the deployment started',
      },
      obstacle: {
        type: 'object',
        description: 'What is in the way, while it is waited for',
        properties: {
          kind: {
            type: 'string',
            enum: ['different', 'unreadable'],
            description:
              '`different`: the default branch has something else than what was requested',
          },
          since: { type: 'string', format: 'date-time' },
          message: { type: 'string' },
        },
        required: ['kind', 'since'],
        additionalProperties: false,
      },
    },
    required: ['url'],
    additionalProperties: false,
  },
  UpgradeRequest: {
    type: 'object',
    properties: upgradeProperties,
    required: ['until'],
    additionalProperties: false,
  },
  UpgradeWindow: {
    type: 'object',
    description: 'An upgrade that was declared beforehand; it may be over',
    properties: {
      ...upgradeProperties,
      declaredBy: { type: 'string' },
      declaredAt: { type: 'string', format: 'date-time' },
    },
    required: ['until', 'declaredBy', 'declaredAt'],
    additionalProperties: false,
  },
  DeploymentSummary: {
    type: 'object',
    description: 'A row of the fleet',
    properties: summaryProperties,
    required: summaryRequired,
    additionalProperties: false,
  },
  DeploymentRecord: {
    type: 'object',
    description: 'What the registry knows without looking at the running thing',
    properties: recordProperties,
    required: recordRequired,
    additionalProperties: false,
  },
  DeploymentDetail: {
    type: 'object',
    description: 'Everything about one deployment',
    properties: {
      ...recordProperties,
      facts: { $ref: '#/components/schemas/Facts' },
      findings: {
        type: 'array',
        items: { $ref: '#/components/schemas/Finding' },
      },
    },
    required: [...recordRequired, 'facts', 'findings'],
    additionalProperties: false,
  },
  DeploymentPage: {
    type: 'object',
    properties: {
      items: {
        type: 'array',
        items: { $ref: '#/components/schemas/DeploymentSummary' },
      },
      totalItems: { type: 'integer', description: 'Rows on all pages' },
    },
    required: ['items', 'totalItems'],
    additionalProperties: false,
  },
  RecordPage: {
    type: 'object',
    properties: {
      items: {
        type: 'array',
        items: { $ref: '#/components/schemas/DeploymentRecord' },
      },
      totalItems: { type: 'integer', description: 'Rows on all pages' },
    },
    required: ['items', 'totalItems'],
    additionalProperties: false,
  },
  FleetSummary: {
    type: 'object',
    description:
      'How many deployments are in each state, and the values that filters can take',
    properties: {
      total: { type: 'integer' },
      states: { type: 'object', additionalProperties: { type: 'integer' } },
      statesByRegion: {
        type: 'object',
        description: 'The same by region of the control plane',
        additionalProperties: {
          type: 'object',
          additionalProperties: { type: 'integer' },
        },
      },
      regions: { type: 'array', items: { type: 'string' } },
      businessUnits: { type: 'array', items: { type: 'string' } },
      owners: { type: 'array', items: { type: 'string' } },
    },
    required: [
      'total',
      'states',
      'statesByRegion',
      'regions',
      'businessUnits',
      'owners',
    ],
    additionalProperties: false,
  },
  RegisterRequest: {
    type: 'object',
    properties: {
      deployment: {
        type: 'object',
        description: 'A CoderDeployment; fields with a default may be missing',
        additionalProperties: true,
      },
      repository: { $ref: '#/components/schemas/RegisteredRepository' },
    },
    required: ['deployment'],
    additionalProperties: false,
  },
  RegisterResponse: {
    type: 'object',
    properties: {
      name: { type: 'string' },
      created: {
        type: 'boolean',
        description:
          '`false`: it was registered before, and is as asked for now',
      },
      entityRef: {
        type: 'string',
        description: 'The System that stands for it in the catalog',
      },
    },
    required: ['name', 'created', 'entityRef'],
    additionalProperties: false,
  },
  NameAvailability: {
    type: 'object',
    properties: {
      name: { type: 'string' },
      available: { type: 'boolean' },
    },
    required: ['name', 'available'],
    additionalProperties: false,
  },
} as const;
