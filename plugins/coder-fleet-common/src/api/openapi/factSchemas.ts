import { CHAPTERS } from '../../cva/chapter';
import { RULE_SEVERITIES } from '../../cva/finding';

const factProperties = {
  observedAt: {
    type: 'string',
    format: 'date-time',
    description: 'When the value was read',
  },
  attemptedAt: {
    type: 'string',
    format: 'date-time',
    description: 'When it was last tried',
  },
  collector: { type: 'string' },
  intervalMs: {
    type: 'integer',
    description: 'How often the collector tries, in milliseconds',
  },
  status: {
    type: 'string',
    enum: ['ok', 'absent', 'denied', 'unreachable', 'error', 'off'],
    description: 'How the last attempt ended',
  },
  message: { type: 'string', description: 'Why the last attempt failed' },
  stale: {
    type: 'boolean',
    description: "Older than twice its collector's interval",
  },
} as const;

const factRequired = [
  'attemptedAt',
  'collector',
  'intervalMs',
  'status',
  'stale',
] as const;

const healthMessage = {
  type: 'object',
  properties: {
    code: { type: 'string', description: "Coder's code, for example `EDB02`" },
    message: { type: 'string' },
  },
  required: ['code', 'message'],
  additionalProperties: false,
} as const;

const healthSection = {
  type: 'object',
  properties: {
    key: { type: 'string' },
    title: { type: 'string' },
    severity: {
      type: 'string',
      description:
        '`ok`, `warning`, `error`; values that Coder adds pass through',
    },
    dismissed: { type: 'boolean' },
    error: { type: 'string' },
    warnings: { type: 'array', items: healthMessage },
    details: {
      type: 'array',
      items: {
        type: 'object',
        properties: { label: { type: 'string' }, value: { type: 'string' } },
        required: ['label', 'value'],
        additionalProperties: false,
      },
    },
  },
  required: ['key', 'title', 'severity', 'dismissed', 'warnings', 'details'],
  additionalProperties: false,
} as const;

const reachabilityValue = {
  type: 'object',
  properties: {
    version: { type: 'string' },
    deploymentId: { type: 'string' },
    dashboardUrl: { type: 'string' },
    workspaceProxy: { type: 'boolean' },
  },
  required: ['version'],
  additionalProperties: false,
} as const;

const healthValue = {
  type: 'object',
  properties: {
    reportedAt: { type: 'string' },
    severity: { type: 'string' },
    sections: { type: 'array', items: healthSection },
  },
  required: ['severity', 'sections'],
  additionalProperties: false,
} as const;

const replicasValue = {
  type: 'object',
  properties: {
    total: { type: 'integer' },
    healthy: { type: 'integer' },
    items: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          hostname: { type: 'string' },
          error: { type: 'string', description: 'Empty when healthy' },
          databaseLatencyMs: { type: 'number' },
        },
        required: ['hostname', 'error'],
        additionalProperties: false,
      },
    },
  },
  required: ['total', 'healthy', 'items'],
  additionalProperties: false,
} as const;

const entitlementsValue = {
  type: 'object',
  properties: {
    hasLicense: { type: 'boolean' },
    trial: { type: 'boolean' },
    enabledFeatures: { type: 'array', items: { type: 'string' } },
    seats: {
      type: 'object',
      properties: {
        actual: { type: 'number' },
        limit: { type: 'number' },
      },
      additionalProperties: false,
    },
    warnings: { type: 'array', items: { type: 'string' } },
    errors: { type: 'array', items: { type: 'string' } },
  },
  required: ['hasLicense', 'trial', 'enabledFeatures', 'warnings', 'errors'],
  additionalProperties: false,
} as const;

const supportLinksValue = {
  type: 'array',
  items: {
    type: 'object',
    properties: {
      name: { type: 'string' },
      target: { type: 'string' },
      result: {
        type: 'string',
        enum: ['ok', 'moved', 'broken', 'refused', 'unreachable', 'unchecked'],
      },
      detail: { type: 'string', description: 'What the check found' },
    },
    required: ['name', 'target', 'result'],
    additionalProperties: false,
  },
} as const;

/**
 * Schemas of facts and findings in the OpenAPI document.
 *
 * @internal
 */
export const factSchemas = {
  ReachabilityFact: {
    type: 'object',
    description: 'Who answers: from `GET /api/v2/buildinfo`',
    properties: { value: reachabilityValue, ...factProperties },
    required: factRequired,
    additionalProperties: false,
  },
  HealthFact: {
    type: 'object',
    description: "Coder's own health: from `GET /api/v2/debug/health`",
    properties: { value: healthValue, ...factProperties },
    required: factRequired,
    additionalProperties: false,
  },
  ReplicasFact: {
    type: 'object',
    description: 'Replicas of the control plane: from `GET /api/v2/replicas`',
    properties: { value: replicasValue, ...factProperties },
    required: factRequired,
    additionalProperties: false,
  },
  EntitlementsFact: {
    type: 'object',
    description: 'Licence and features: from `GET /api/v2/entitlements`',
    properties: { value: entitlementsValue, ...factProperties },
    required: factRequired,
    additionalProperties: false,
  },
  SupportLinksFact: {
    type: 'object',
    description: 'Support links: from `GET /api/v2/appearance`, each looked at',
    properties: { value: supportLinksValue, ...factProperties },
    required: factRequired,
    additionalProperties: false,
  },
  Facts: {
    type: 'object',
    description: 'A key is absent until it was first tried',
    properties: {
      reachability: { $ref: '#/components/schemas/ReachabilityFact' },
      health: { $ref: '#/components/schemas/HealthFact' },
      replicas: { $ref: '#/components/schemas/ReplicasFact' },
      entitlements: { $ref: '#/components/schemas/EntitlementsFact' },
      supportLinks: { $ref: '#/components/schemas/SupportLinksFact' },
    },
    additionalProperties: false,
  },
  FindingEvidence: {
    type: 'object',
    description: 'One thing that a rule looked at',
    properties: {
      fact: {
        type: 'string',
        description: 'Source and key, for example `coderApi.replicas`',
      },
      subject: { type: 'string' },
      verdict: { type: 'string', enum: ['pass', 'warn', 'fail', 'unknown'] },
      seen: { type: 'string' },
      wanted: { type: 'string' },
      observedAt: { type: 'string', format: 'date-time' },
    },
    required: ['fact', 'subject', 'verdict', 'seen'],
    additionalProperties: false,
  },
  AppliedWaiver: {
    type: 'object',
    description: 'An accepted deviation; an expired one counts as none',
    properties: {
      id: { type: 'string' },
      reason: { type: 'string' },
      grantedBy: { type: 'string' },
      grantedAt: { type: 'string', format: 'date-time' },
      expiresAt: { type: 'string', format: 'date-time' },
      state: { type: 'string', enum: ['active', 'expired'] },
    },
    required: ['id', 'reason', 'grantedBy', 'grantedAt', 'expiresAt', 'state'],
    additionalProperties: false,
  },
  Finding: {
    type: 'object',
    description: "A rule's verdict, with what it was judged on",
    properties: {
      rule: { type: 'string' },
      chapter: { type: 'string', enum: Object.keys(CHAPTERS) },
      title: { type: 'string' },
      severity: {
        type: 'string',
        enum: RULE_SEVERITIES,
      },
      origin: { type: 'string', enum: ['cva', 'coder-docs', 'fleet'] },
      verdict: {
        type: 'string',
        enum: ['pass', 'warn', 'fail', 'unknown', 'skip'],
      },
      message: { type: 'string' },
      remediation: { type: 'string' },
      url: { type: 'string' },
      evidence: {
        type: 'array',
        items: { $ref: '#/components/schemas/FindingEvidence' },
      },
      waiver: { $ref: '#/components/schemas/AppliedWaiver' },
    },
    required: [
      'rule',
      'chapter',
      'title',
      'severity',
      'origin',
      'verdict',
      'message',
      'evidence',
    ],
    additionalProperties: false,
  },
} as const;
