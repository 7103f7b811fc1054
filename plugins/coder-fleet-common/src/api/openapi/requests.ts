const nameParameter = { $ref: '#/components/parameters/name' } as const;
const failure = { $ref: '#/components/responses/Failure' } as const;

const digest = {
  type: 'string',
  pattern: '^[0-9a-f]{64}$',
  description: 'SHA-256 of exactly what was asked for, in hexadecimal',
} as const;
const instant = { type: 'string', format: 'date-time' } as const;

/**
 * The paths of requests that are checked, and of those that wait.
 *
 * @internal
 */
export const requestPaths = {
  '/requests': {
    get: {
      operationId: 'ListPendingRequests',
      description:
        "Requests that wait for a waiver or an approval which the caller may give, and the caller's own that wait for an approval or were approved and are not registered yet, the oldest first",
      responses: {
        '200': {
          description: 'What waits',
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/PendingRequestList' },
            },
          },
        },
        default: failure,
      },
    },
  },
  '/requests/{name}': {
    delete: {
      operationId: 'DismissPendingRequest',
      description:
        'Takes off the list what the caller could have decided: the waiver that is waited for (`coder-fleet.waiver.create`), the approval (`coder-fleet.deployment.approve`) or both; who asked takes back the approval that was asked for. What was given before is taken back',
      parameters: [nameParameter],
      responses: {
        '204': { description: 'It does not wait any more' },
        default: failure,
      },
    },
  },
  '/requests/{name}/check': {
    post: {
      operationId: 'CheckRequest',
      description:
        'Judges a request. Needs what registering it needs. Where it has to wait for a waiver or an approval it is listed from then on',
      parameters: [nameParameter],
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: { $ref: '#/components/schemas/RequestCheckRequest' },
          },
        },
      },
      responses: {
        '200': {
          description: 'Whether it may go on',
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/RequestCheck' },
            },
          },
        },
        default: failure,
      },
    },
  },
  '/requests/{name}/grant': {
    post: {
      operationId: 'GrantPendingRequest',
      description:
        'Accepts all deviations of a request for at most a year. Needs `coder-fleet.waiver.create`',
      parameters: [nameParameter],
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: { $ref: '#/components/schemas/PendingRequestGrant' },
          },
        },
      },
      responses: {
        '204': { description: 'The request may go on' },
        default: failure,
      },
    },
  },
  '/requests/{name}/approve': {
    post: {
      operationId: 'ApprovePendingRequest',
      description:
        'Approves exactly what somebody else asked for. Needs `coder-fleet.deployment.approve`; nobody approves a request of their own',
      parameters: [nameParameter],
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: { $ref: '#/components/schemas/PendingRequestApproval' },
          },
        },
      },
      responses: {
        '204': { description: 'Exactly this may be registered, once' },
        default: failure,
      },
    },
  },
} as const;

/**
 * The schemas of requests in the OpenAPI document.
 *
 * @internal
 */
export const requestSchemas = {
  RequestCheckRequest: {
    type: 'object',
    properties: {
      deployment: {
        type: 'object',
        description: 'The deployment that is asked for',
        additionalProperties: true,
      },
      alongside: {
        type: 'array',
        maxItems: 500,
        items: { type: 'string', minLength: 1, maxLength: 63 },
        description:
          'Names of other deployments that are asked for the same business unit together with it: they count as if they were there',
      },
    },
    required: ['deployment'],
    additionalProperties: false,
  },
  RequestCheck: {
    type: 'object',
    properties: {
      decision: {
        type: 'string',
        enum: [
          'clear',
          'may-grant',
          'waiver-requested',
          'approval-requested',
          'refused',
        ],
      },
      findings: {
        type: 'array',
        items: { $ref: '#/components/schemas/Finding' },
      },
      blocking: {
        type: 'array',
        items: { type: 'string' },
        description: 'Ids of the rules that the decision is about',
      },
      approval: {
        type: 'object',
        description: 'Absent where nobody has to approve the request',
        properties: {
          state: { type: 'string', enum: ['given', 'requested'] },
          approvedBy: {
            type: 'string',
            description: 'Entity reference of who approved exactly this',
          },
          comment: { type: 'string' },
        },
        required: ['state'],
        additionalProperties: false,
      },
    },
    required: ['decision', 'findings', 'blocking'],
    additionalProperties: false,
  },
  PendingRequestGrant: {
    type: 'object',
    properties: {
      reason: { type: 'string', minLength: 1, maxLength: 1000 },
      expiresAt: instant,
    },
    required: ['reason', 'expiresAt'],
    additionalProperties: false,
  },
  PendingRequestApproval: {
    type: 'object',
    properties: {
      digest,
      comment: { type: 'string', minLength: 1, maxLength: 1000 },
    },
    required: ['digest'],
    additionalProperties: false,
  },
  PendingApproval: {
    type: 'object',
    properties: {
      digest,
      displayName: { type: 'string' },
      edition: { type: 'string' },
      tier: { type: 'string' },
      expectedUsers: { type: 'integer' },
      regions: {
        type: 'array',
        items: { type: 'string' },
        description: 'The control plane is in the first',
      },
      database: { type: 'string', description: 'Kind of the database' },
      accessUrl: { type: 'string' },
      changes: {
        type: 'array',
        items: { type: 'string' },
        description:
          'Fields that differ from what is registered. Absent for a new deployment',
      },
      mayApprove: {
        type: 'boolean',
        description: 'Whether the caller may approve it: not who asked',
      },
      given: {
        type: 'object',
        description: 'Who approved exactly this. Absent while it waits',
        properties: {
          approvedBy: { type: 'string' },
          comment: { type: 'string' },
        },
        required: ['approvedBy'],
        additionalProperties: false,
      },
    },
    required: [
      'digest',
      'displayName',
      'edition',
      'tier',
      'expectedUsers',
      'regions',
      'database',
      'accessUrl',
      'mayApprove',
    ],
    additionalProperties: false,
  },
  PendingRequest: {
    type: 'object',
    properties: {
      deployment: { type: 'string' },
      owner: { type: 'string' },
      businessUnit: { type: 'string' },
      region: { type: 'string' },
      rules: {
        type: 'array',
        items: {
          type: 'object',
          properties: {
            rule: { type: 'string' },
            title: { type: 'string' },
            severity: { type: 'string' },
            message: { type: 'string' },
          },
          required: ['rule', 'title', 'severity', 'message'],
          additionalProperties: false,
        },
      },
      approval: { $ref: '#/components/schemas/PendingApproval' },
      requestedBy: { type: 'string' },
      requestedAt: instant,
    },
    required: [
      'deployment',
      'owner',
      'businessUnit',
      'region',
      'rules',
      'requestedBy',
      'requestedAt',
    ],
    additionalProperties: false,
  },
  PendingRequestList: {
    type: 'object',
    properties: {
      items: {
        type: 'array',
        items: { $ref: '#/components/schemas/PendingRequest' },
      },
    },
    required: ['items'],
    additionalProperties: false,
  },
} as const;
