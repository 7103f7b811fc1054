import { CHAPTERS } from '../../cva/chapter';
import { STATEMENTS } from '../../cva/evidence/attestations';

const nameParameter = { $ref: '#/components/parameters/name' } as const;
const failure = { $ref: '#/components/responses/Failure' } as const;

const idParameter = {
  name: 'id',
  in: 'path',
  required: true,
  description: 'Id of a waiver',
  schema: { type: 'string', maxLength: 36 },
} as const;

const statementParameter = {
  name: 'statement',
  in: 'path',
  required: true,
  description: 'Id of a statement',
  schema: { type: 'string', enum: Object.keys(STATEMENTS) },
} as const;

const instant = { type: 'string', format: 'date-time' } as const;

const reason = {
  type: 'string',
  minLength: 1,
  maxLength: 1000,
  description: 'Why, for whoever reads it in a year',
} as const;

/**
 * The paths of findings, waivers and attestations in the OpenAPI document.
 *
 * @internal
 */
export const cvaPaths = {
  '/deployments/{name}/cva': {
    get: {
      operationId: 'GetCva',
      description: 'What the rules say, with waivers and attestations',
      parameters: [nameParameter],
      responses: {
        '200': {
          description: 'The report',
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/CvaReport' },
            },
          },
        },
        default: failure,
      },
    },
  },
  '/deployments/{name}/waivers': {
    post: {
      operationId: 'GrantWaiver',
      description:
        'Accepts a deviation for at most a year. Needs `coder-fleet.waiver.create`',
      parameters: [nameParameter],
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: { $ref: '#/components/schemas/WaiverRequest' },
          },
        },
      },
      responses: {
        '201': {
          description: 'It is accepted',
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/Waiver' },
            },
          },
        },
        default: failure,
      },
    },
  },
  '/deployments/{name}/waivers/{id}': {
    delete: {
      operationId: 'RevokeWaiver',
      description: 'Takes a waiver back',
      parameters: [nameParameter, idParameter],
      responses: {
        '204': { description: 'There is no such waiver any more' },
        default: failure,
      },
    },
  },
  '/deployments/{name}/attestations/{statement}': {
    put: {
      operationId: 'Attest',
      description:
        'Says whether something holds that no collector can see. Needs `coder-fleet.waiver.create`',
      parameters: [nameParameter, statementParameter],
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: { $ref: '#/components/schemas/AttestationRequest' },
          },
        },
      },
      responses: {
        '204': { description: 'It is recorded' },
        default: failure,
      },
    },
    delete: {
      operationId: 'WithdrawAttestation',
      description: 'Takes back what was said',
      parameters: [nameParameter, statementParameter],
      responses: {
        '204': { description: 'Nothing is said any more' },
        default: failure,
      },
    },
  },
} as const;

/**
 * The schemas of findings, waivers and attestations in the OpenAPI document.
 *
 * @internal
 */
export const cvaSchemas = {
  WaiverRequest: {
    type: 'object',
    properties: {
      rule: { type: 'string', maxLength: 32 },
      reason,
      expiresAt: instant,
    },
    required: ['rule', 'reason', 'expiresAt'],
    additionalProperties: false,
  },
  Waiver: {
    type: 'object',
    description: 'An accepted deviation of one deployment from one rule',
    properties: {
      id: { type: 'string' },
      rule: { type: 'string' },
      deployment: { type: 'string' },
      reason: { type: 'string' },
      grantedBy: { type: 'string' },
      grantedAt: instant,
      expiresAt: instant,
    },
    required: [
      'id',
      'rule',
      'deployment',
      'reason',
      'grantedBy',
      'grantedAt',
      'expiresAt',
    ],
    additionalProperties: false,
  },
  AttestationRequest: {
    type: 'object',
    properties: {
      holds: { type: 'boolean' },
      note: { type: 'string', maxLength: 1000 },
      reviewBy: instant,
    },
    required: ['holds', 'reviewBy'],
    additionalProperties: false,
  },
  Attestation: {
    type: 'object',
    description: "Somebody's word on what no collector can see",
    properties: {
      statement: { type: 'string', enum: Object.keys(STATEMENTS) },
      holds: { type: 'boolean' },
      note: { type: 'string' },
      attestedBy: { type: 'string' },
      attestedAt: instant,
      reviewBy: instant,
    },
    required: ['statement', 'holds', 'attestedBy', 'attestedAt', 'reviewBy'],
    additionalProperties: false,
  },
  Score: {
    type: 'object',
    description: 'What is unknown counts as not met',
    properties: {
      met: { type: 'integer' },
      total: { type: 'integer' },
      unknown: { type: 'integer' },
      percent: { type: 'integer' },
    },
    required: ['met', 'total', 'unknown'],
    additionalProperties: false,
  },
  CvaScore: {
    type: 'object',
    properties: {
      overall: { $ref: '#/components/schemas/Score' },
      chapters: {
        type: 'object',
        properties: Object.fromEntries(
          Object.keys(CHAPTERS).map(chapter => [
            chapter,
            { $ref: '#/components/schemas/Score' },
          ]),
        ),
        additionalProperties: false,
      },
    },
    required: ['overall', 'chapters'],
    additionalProperties: false,
  },
  CvaReport: {
    type: 'object',
    properties: {
      findings: {
        type: 'array',
        items: { $ref: '#/components/schemas/Finding' },
      },
      score: { $ref: '#/components/schemas/CvaScore' },
      evaluatedAt: instant,
      waivers: {
        type: 'array',
        items: { $ref: '#/components/schemas/Waiver' },
      },
      attestations: {
        type: 'array',
        items: { $ref: '#/components/schemas/Attestation' },
      },
    },
    required: ['findings', 'score', 'evaluatedAt', 'waivers', 'attestations'],
    additionalProperties: false,
  },
} as const;
