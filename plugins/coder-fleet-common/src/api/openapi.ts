import { artifactSchemas } from './openapi/artifactSchemas';
import { backupPaths, backupSchemas } from './openapi/backups';
import { cvaPaths, cvaSchemas } from './openapi/cva';
import { deploymentSchemas } from './openapi/deploymentSchemas';
import { factSchemas } from './openapi/factSchemas';
import { listParameters, parameters } from './openapi/parameters';
import { requestPaths, requestSchemas } from './openapi/requests';

const nameParameter = { $ref: '#/components/parameters/name' } as const;
const failure = { $ref: '#/components/responses/Failure' } as const;

/**
 * The contract of the tracker's HTTP API: OpenAPI 3.1, as a literal, so that routes and handlers are
 * typed by it. Paths are relative to `/api/coder-fleet`.
 *
 * @public
 */
export const openApiDocument = {
  openapi: '3.1.0',
  info: {
    title: 'Coder Fleet',
    version: '1',
    description: 'The registry and tracker of Coder deployments',
    license: {
      name: 'Apache-2.0',
      url: 'https://www.apache.org/licenses/LICENSE-2.0',
    },
  },
  servers: [{ url: '/' }],
  paths: {
    '/deployments': {
      get: {
        operationId: 'ListDeployments',
        description: 'The deployments that the caller may read',
        parameters: listParameters,
        responses: {
          '200': {
            description: 'A page of the fleet',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/DeploymentPage' },
              },
            },
          },
          default: failure,
        },
      },
    },
    '/records': {
      get: {
        operationId: 'ListRecords',
        description: 'Like `/deployments`, with spec, plan and repository',
        parameters: listParameters,
        responses: {
          '200': {
            description: 'A page of the registry',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/RecordPage' },
              },
            },
          },
          default: failure,
        },
      },
    },
    '/summary': {
      get: {
        operationId: 'GetSummary',
        description: 'Counts over the deployments that the caller may read',
        responses: {
          '200': {
            description: 'Counts, and values for filters',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/FleetSummary' },
              },
            },
          },
          default: failure,
        },
      },
    },
    '/deployments/{name}': {
      get: {
        operationId: 'GetDeployment',
        description:
          'One deployment; 404 also when the caller may not know of it',
        parameters: [nameParameter],
        responses: {
          '200': {
            description: 'The deployment',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/DeploymentDetail' },
              },
            },
          },
          default: failure,
        },
      },
      put: {
        operationId: 'RegisterDeployment',
        description:
          'Registers a deployment, or changes what is registered. Repeating it changes nothing. Where the business unit needs an approval in the portal, only exactly what was approved is registered; where it needs a pull request, a new deployment starts once that is merged, and a change is registered once it is',
        parameters: [nameParameter],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/RegisterRequest' },
            },
          },
        },
        responses: {
          '200': {
            description: 'It was registered before',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/RegisterResponse' },
              },
            },
          },
          '201': {
            description: 'It is new',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/RegisterResponse' },
              },
            },
          },
          default: failure,
        },
      },
      delete: {
        operationId: 'UnregisterDeployment',
        description: 'Takes it off the registry; what runs is not touched',
        parameters: [nameParameter],
        responses: {
          '204': { description: 'It is not registered any more' },
          default: failure,
        },
      },
    },
    '/deployments/{name}/refresh': {
      post: {
        operationId: 'RefreshDeployment',
        description: 'Looks at the deployment now; Coder renews its health',
        parameters: [nameParameter],
        responses: {
          '200': {
            description: 'The deployment as it was found',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/DeploymentDetail' },
              },
            },
          },
          default: failure,
        },
      },
    },
    '/deployments/{name}/merged': {
      post: {
        operationId: 'ConfirmMerge',
        description:
          'Starts a deployment whose pull request was merged, where its repository cannot be read here. Where it can, what is there decides. Needs `coder-fleet.deployment.update`',
        parameters: [nameParameter],
        responses: {
          '204': { description: 'It started' },
          default: failure,
        },
      },
    },
    '/deployments/{name}/upgrade-window': {
      put: {
        operationId: 'DeclareUpgrade',
        description:
          'Declares an upgrade: until its end the state is `upgrading`',
        parameters: [nameParameter],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/UpgradeRequest' },
            },
          },
        },
        responses: {
          '204': { description: 'It is declared' },
          default: failure,
        },
      },
      delete: {
        operationId: 'EndUpgrade',
        description: 'Ends a declared upgrade',
        parameters: [nameParameter],
        responses: {
          '204': { description: 'No upgrade is declared any more' },
          default: failure,
        },
      },
    },
    ...backupPaths,
    ...cvaPaths,
    ...requestPaths,
    '/deployments/{name}/artifacts': {
      get: {
        operationId: 'GetArtifacts',
        description: 'The files of its repository, compared with the lock',
        parameters: [nameParameter],
        responses: {
          '200': {
            description: 'The tree',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/ArtifactTree' },
              },
            },
          },
          default: failure,
        },
      },
    },
    '/deployments/{name}/artifacts/file': {
      get: {
        operationId: 'GetArtifactFile',
        description: 'One file of its repository',
        parameters: [nameParameter, { $ref: '#/components/parameters/path' }],
        responses: {
          '200': {
            description: 'The file',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/ArtifactFile' },
              },
            },
          },
          default: failure,
        },
      },
    },
    '/deployments/{name}/artifacts/history': {
      get: {
        operationId: 'GetArtifactHistory',
        description: 'The commits of its repository',
        parameters: [nameParameter],
        responses: {
          '200': {
            description: 'The commits',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/ArtifactHistory' },
              },
            },
          },
          default: failure,
        },
      },
    },
    '/names/{name}': {
      get: {
        operationId: 'CheckName',
        description:
          'Whether a name is free; tells nothing else of who has it. Needs `coder-fleet.deployment.create`',
        parameters: [nameParameter],
        responses: {
          '200': {
            description: 'Free or taken',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/NameAvailability' },
              },
            },
          },
          default: failure,
        },
      },
    },
  },
  components: {
    parameters,
    responses: {
      Failure: {
        description: 'What went wrong',
        content: {
          'application/json': {
            schema: { $ref: '#/components/schemas/Failure' },
          },
        },
      },
    },
    schemas: {
      ...deploymentSchemas,
      ...factSchemas,
      ...artifactSchemas,
      ...backupSchemas,
      ...cvaSchemas,
      ...requestSchemas,
      Failure: {
        type: 'object',
        properties: {
          error: {
            type: 'object',
            properties: {
              name: { type: 'string' },
              message: { type: 'string' },
            },
            required: ['name', 'message'],
            additionalProperties: true,
          },
          request: { type: 'object', additionalProperties: true },
          response: { type: 'object', additionalProperties: true },
        },
        required: ['error', 'response'],
        additionalProperties: true,
      },
    },
  },
} as const;
