const NAMES_PER_FILTER = 100;

/**
 * Parameters in the OpenAPI document. Arrays are repeated: `?state=healthy&state=degraded`.
 *
 * @internal
 */
export const parameters = {
  name: {
    name: 'name',
    in: 'path',
    required: true,
    description: 'Name of a deployment',
    schema: { type: 'string', maxLength: 100 },
  },
  path: {
    name: 'path',
    in: 'query',
    required: true,
    allowReserved: true,
    description: 'Path of a file in the repository',
    schema: { type: 'string', minLength: 1, maxLength: 1024 },
  },
  state: {
    name: 'state',
    in: 'query',
    required: false,
    schema: {
      type: 'array',
      maxItems: NAMES_PER_FILTER,
      items: { $ref: '#/components/schemas/DeploymentState' },
    },
  },
  region: {
    name: 'region',
    in: 'query',
    required: false,
    allowReserved: true,
    schema: {
      type: 'array',
      maxItems: NAMES_PER_FILTER,
      items: { type: 'string' },
    },
  },
  businessUnit: {
    name: 'businessUnit',
    in: 'query',
    required: false,
    allowReserved: true,
    schema: {
      type: 'array',
      maxItems: NAMES_PER_FILTER,
      items: { type: 'string' },
    },
  },
  owner: {
    name: 'owner',
    in: 'query',
    required: false,
    allowReserved: true,
    description: 'Catalog references',
    schema: {
      type: 'array',
      maxItems: NAMES_PER_FILTER,
      items: { type: 'string' },
    },
  },
  edition: {
    name: 'edition',
    in: 'query',
    required: false,
    allowReserved: true,
    schema: {
      type: 'array',
      maxItems: NAMES_PER_FILTER,
      items: { type: 'string' },
    },
  },
  tier: {
    name: 'tier',
    in: 'query',
    required: false,
    allowReserved: true,
    schema: {
      type: 'array',
      maxItems: NAMES_PER_FILTER,
      items: { type: 'string' },
    },
  },
  search: {
    name: 'search',
    in: 'query',
    required: false,
    allowReserved: true,
    description: 'Part of name, display name or access URL, any case',
    schema: { type: 'string', maxLength: 200 },
  },
  sort: {
    name: 'sort',
    in: 'query',
    required: false,
    description:
      'Column, `-` in front for descending; rows that are equal there are ordered by name',
    schema: {
      type: 'string',
      enum: [
        'name',
        'displayName',
        'state',
        'version',
        'region',
        'businessUnit',
        'owner',
        'tier',
        'lastSeen',
        '-name',
        '-displayName',
        '-state',
        '-version',
        '-region',
        '-businessUnit',
        '-owner',
        '-tier',
        '-lastSeen',
      ],
    },
  },
  limit: {
    name: 'limit',
    in: 'query',
    required: false,
    description: 'Rows at most; 50 by default',
    schema: { type: 'integer', minimum: 1, maximum: 500 },
  },
  offset: {
    name: 'offset',
    in: 'query',
    required: false,
    description: 'Rows to leave out',
    schema: { type: 'integer', minimum: 0, maximum: 1_000_000 },
  },
} as const;

/**
 * References to the parameters of both lists.
 *
 * @internal
 */
export const listParameters = [
  { $ref: '#/components/parameters/state' },
  { $ref: '#/components/parameters/region' },
  { $ref: '#/components/parameters/businessUnit' },
  { $ref: '#/components/parameters/owner' },
  { $ref: '#/components/parameters/edition' },
  { $ref: '#/components/parameters/tier' },
  { $ref: '#/components/parameters/search' },
  { $ref: '#/components/parameters/sort' },
  { $ref: '#/components/parameters/limit' },
  { $ref: '#/components/parameters/offset' },
] as const;
