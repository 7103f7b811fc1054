/**
 * Schemas of a repository's files in the OpenAPI document.
 *
 * @internal
 */
export const artifactSchemas = {
  ArtifactTree: {
    type: 'object',
    description: "The files of a deployment's repository at a commit",
    properties: {
      commit: { type: 'string' },
      items: {
        type: 'array',
        items: {
          type: 'object',
          properties: {
            path: { type: 'string' },
            size: { type: 'integer', description: 'Bytes' },
            status: {
              type: 'string',
              enum: ['rendered', 'edited', 'missing', 'other'],
              description:
                'As rendered, changed by hand since, rendered but not there, or not ours',
            },
          },
          required: ['path', 'size', 'status'],
          additionalProperties: false,
        },
      },
    },
    required: ['commit', 'items'],
    additionalProperties: false,
  },
  ArtifactFile: {
    type: 'object',
    properties: {
      path: { type: 'string' },
      commit: { type: 'string' },
      size: { type: 'integer', description: 'Bytes' },
      content: { type: 'string', description: 'Absent when it is not text' },
    },
    required: ['path', 'commit', 'size'],
    additionalProperties: false,
  },
  ArtifactHistory: {
    type: 'object',
    description: 'Newest first',
    properties: {
      items: {
        type: 'array',
        items: {
          type: 'object',
          properties: {
            commit: { type: 'string' },
            message: { type: 'string' },
            author: { type: 'string' },
            date: { type: 'string', format: 'date-time' },
          },
          required: ['commit', 'message', 'author', 'date'],
          additionalProperties: false,
        },
      },
    },
    required: ['items'],
    additionalProperties: false,
  },
} as const;
