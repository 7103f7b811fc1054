import type { BackupStanding, DrillStanding } from '../../backup/standing';

const nameParameter = { $ref: '#/components/parameters/name' } as const;
const failure = { $ref: '#/components/responses/Failure' } as const;

const tokenIdParameter = {
  name: 'id',
  in: 'path',
  required: true,
  description: 'Id of a token',
  schema: { type: 'string', maxLength: 36 },
} as const;

const instant = { type: 'string', format: 'date-time' } as const;
const nullable = <const T extends string>(type: T) => [type, 'null'] as const;

/** Scripts write `null` for what they do not know. */
const text = (maxLength: number) =>
  ({ type: nullable('string'), maxLength }) as const;
const amount = {
  type: nullable('integer'),
  minimum: 0,
  maximum: Number.MAX_SAFE_INTEGER,
} as const;
const counts = {
  type: nullable('object'),
  description: 'Rows of key tables',
  additionalProperties: { type: 'integer', minimum: 0 },
  maxProperties: 100,
} as const;

const runId = {
  type: 'string',
  pattern: '^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$',
  description: 'Of the run, unique in its deployment',
} as const;

const outcome = { type: 'string', enum: ['succeeded', 'failed'] } as const;

/** What every report has. Unknown fields are let through, and not kept. */
const run = {
  runId,
  startedAt: instant,
  finishedAt: instant,
  outcome,
  error: text(4000),
  sizeBytes: amount,
  schemaVersion: amount,
  counts,
} as const;
const runRequired = ['runId', 'startedAt', 'finishedAt', 'outcome'] as const;

const backupRecord = {
  ...run,
  engine: { type: 'string', minLength: 1, maxLength: 64 },
  location: text(2000),
  sha256: { type: nullable('string'), pattern: '^[0-9a-f]{64}$' },
  verified: { type: nullable('boolean') },
  coderVersion: text(100),
  serverVersion: text(100),
  secrets: {
    type: 'array',
    maxItems: 50,
    items: { type: 'string', maxLength: 253 },
    description: 'Names of the Secrets that belong to the backup',
  },
  schedule: text(100),
  retentionDays: amount,
} as const;

const drill = {
  ...run,
  backupRunId: text(100),
  restoreMillis: amount,
  totalSeconds: amount,
} as const;

const BACKUP_STANDINGS = [
  'recent',
  'failing',
  'overdue',
  'never',
] as const satisfies readonly BackupStanding[];

const DRILL_STANDINGS = [
  'proved',
  'failed',
  'overdue',
  'never',
] as const satisfies readonly DrillStanding[];

const reportPath = <const I extends string, const S extends string>(options: {
  operationId: I;
  description: string;
  schema: S;
}) =>
  ({
    post: {
      operationId: options.operationId,
      description: `${options.description}. Needs a report token of the deployment as a bearer token; at most 64 KiB`,
      parameters: [nameParameter],
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: { $ref: options.schema },
          },
        },
      },
      responses: {
        '200': {
          description: 'The run was reported before; the first report stands',
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/ReportReceipt' },
            },
          },
        },
        '201': {
          description: 'It is recorded',
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/ReportReceipt' },
            },
          },
        },
        default: failure,
      },
    },
  }) as const;

/**
 * The paths of backups, drills and report tokens in the OpenAPI document.
 *
 * @internal
 */
export const backupPaths = {
  '/deployments/{name}/backups': {
    get: {
      operationId: 'GetBackups',
      description: 'How the deployment stands with its backups',
      parameters: [nameParameter],
      responses: {
        '200': {
          description: 'Records and drills, newest first',
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/BackupsReport' },
            },
          },
        },
        default: failure,
      },
    },
  },
  '/deployments/{name}/backup-reports': reportPath({
    operationId: 'ReportBackup',
    description: 'Tells of a backup that ended, well or not',
    schema: '#/components/schemas/BackupReport',
  }),
  '/deployments/{name}/drill-reports': reportPath({
    operationId: 'ReportDrill',
    description: 'Tells of a restore drill that ended, well or not',
    schema: '#/components/schemas/DrillReport',
  }),
  '/deployments/{name}/report-tokens': {
    get: {
      operationId: 'ListReportTokens',
      description:
        'The tokens that are valid, without themselves. Needs `coder-fleet.report-token.create`',
      parameters: [nameParameter],
      responses: {
        '200': {
          description: 'The tokens, newest first',
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/ReportTokenList' },
            },
          },
        },
        default: failure,
      },
    },
    post: {
      operationId: 'IssueReportToken',
      description:
        'Issues a token, and tells it this once. Two are valid at a time. Needs `coder-fleet.report-token.create`',
      parameters: [nameParameter],
      responses: {
        '201': {
          description: 'The token',
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/IssuedReportToken' },
            },
          },
        },
        default: failure,
      },
    },
  },
  '/deployments/{name}/report-tokens/{id}': {
    delete: {
      operationId: 'RevokeReportToken',
      description: 'Makes a token worthless',
      parameters: [nameParameter, tokenIdParameter],
      responses: {
        '204': { description: 'There is no such token any more' },
        default: failure,
      },
    },
  },
} as const;

const tokenProperties = {
  id: { type: 'string' },
  createdBy: { type: 'string' },
  createdAt: instant,
  lastUsedAt: instant,
} as const;

/**
 * The schemas of backups, drills and report tokens in the OpenAPI document.
 *
 * @internal
 */
export const backupSchemas = {
  BackupReport: {
    type: 'object',
    properties: backupRecord,
    required: [...runRequired, 'engine'],
  },
  DrillReport: { type: 'object', properties: drill, required: runRequired },
  ReportReceipt: {
    type: 'object',
    properties: { runId: { type: 'string' }, recorded: { type: 'boolean' } },
    required: ['runId', 'recorded'],
    additionalProperties: false,
  },
  ReportToken: {
    type: 'object',
    properties: tokenProperties,
    required: ['id', 'createdBy', 'createdAt'],
    additionalProperties: false,
  },
  ReportTokenList: {
    type: 'object',
    properties: {
      items: {
        type: 'array',
        items: { $ref: '#/components/schemas/ReportToken' },
      },
    },
    required: ['items'],
    additionalProperties: false,
  },
  IssuedReportToken: {
    type: 'object',
    properties: { ...tokenProperties, token: { type: 'string' } },
    required: ['id', 'createdBy', 'createdAt', 'token'],
    additionalProperties: false,
  },
  BackupRecord: {
    type: 'object',
    properties: backupRecord,
    required: [...runRequired, 'engine', 'secrets'],
    additionalProperties: false,
  },
  RestoreDrill: {
    type: 'object',
    properties: drill,
    required: runRequired,
    additionalProperties: false,
  },
  BackupsReport: {
    type: 'object',
    properties: {
      schedule: { type: 'string' },
      retentionDays: { type: 'integer' },
      backup: {
        type: 'object',
        properties: {
          standing: { type: 'string', enum: BACKUP_STANDINGS },
          lastGoodAt: instant,
          dueBy: instant,
        },
        required: ['standing'],
        additionalProperties: false,
      },
      drill: {
        type: 'object',
        properties: {
          standing: { type: 'string', enum: DRILL_STANDINGS },
          lastAt: instant,
          dueBy: instant,
        },
        required: ['standing'],
        additionalProperties: false,
      },
      records: {
        type: 'array',
        items: { $ref: '#/components/schemas/BackupRecord' },
      },
      drills: {
        type: 'array',
        items: { $ref: '#/components/schemas/RestoreDrill' },
      },
    },
    required: [
      'schedule',
      'retentionDays',
      'backup',
      'drill',
      'records',
      'drills',
    ],
    additionalProperties: false,
  },
} as const;
