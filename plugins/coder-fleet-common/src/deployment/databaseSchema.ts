import { z } from 'zod/v3';
import { deploymentFields as fields } from './fields';

const encryptionSchema = z
  .object({
    enabled: z
      .boolean({
        required_error: 'Say whether tokens in the database are encrypted',
        invalid_type_error: 'Encryption is either true or false',
      })
      .describe(
        'Whether Coder encrypts the tokens of its users in the database; needs Premium',
      ),
    keysSecret: fields.secretKeyRef
      .default({ name: 'coder-external-token-encryption-keys', key: 'keys' })
      .describe(
        'The Secret that holds the keys. They belong to the backup: without them the data is lost',
      ),
  })
  .passthrough();

const objectStoreSchema = z
  .object({
    destinationPath: z
      .string()
      .regex(
        /^(?:s3|gs|https):\/\/[A-Za-z0-9][A-Za-z0-9._/-]{0,250}$/,
        'The path of an object store has the form s3://bucket/path',
      )
      .describe('Where base backups and the write-ahead log go'),
    endpointUrl: fields.accessUrl
      .optional()
      .describe("Of an S3 that is not Amazon's"),
    credentialsSecret: fields.dnsLabel
      .default('coder-database-object-store')
      .describe('The Secret with ACCESS_KEY_ID and ACCESS_SECRET_KEY'),
  })
  .passthrough();

const DEFAULT_CONNECTION_SECRET = { name: 'coder-db-url', key: 'url' };

/** What CloudNativePG makes for the owner of the database. Source: CloudNativePG, connecting. */
const CNPG_CONNECTION_SECRET = { name: 'coder-database-app', key: 'uri' };

/**
 * Where the data of a deployment may be kept: `spec.database.type`.
 *
 * @public
 */
export const DATABASE_TYPES = [
  'external',
  'cloudnative-pg',
  'rds',
  'cloud-sql',
  'azure',
] as const;

/**
 * Where the data is kept. Never in the chart's built-in PostgreSQL.
 *
 * @internal
 */
export const databaseSchema = z
  .object({
    type: z
      .enum(DATABASE_TYPES, {
        errorMap: () => ({
          message:
            'The database must be external, cloudnative-pg, rds, cloud-sql or azure: the built-in PostgreSQL is for proofs of concept only',
        }),
      })
      .describe(
        'A PostgreSQL of the team, a CloudNativePG cluster beside it, or one of a cloud; in the same region',
      ),
    version: z
      .number({ invalid_type_error: 'The version must be a whole number' })
      .int('The version of PostgreSQL is its major, a whole number')
      .min(13, 'Coder needs PostgreSQL 13 or newer')
      .max(99, 'There is no such PostgreSQL')
      .default(17)
      .describe('Major version of PostgreSQL; the backup jobs have the same'),
    connectionSecret: fields.secretKeyRef
      .default(DEFAULT_CONNECTION_SECRET)
      .describe(
        'The Secret that holds the connection URL. Never the URL itself',
      ),
    highlyAvailable: z
      .boolean()
      .default(false)
      .describe('Whether the engine runs with a standby'),
    storageClass: fields.storageClass.optional(),
    objectStore: objectStoreSchema
      .optional()
      .describe('Where a CloudNativePG cluster archives to'),
    encryption: encryptionSchema
      .optional()
      .describe('Encryption of tokens in the database'),
  })
  .passthrough()
  .transform(database =>
    database.type === 'cloudnative-pg' &&
    database.connectionSecret.name === DEFAULT_CONNECTION_SECRET.name
      ? { ...database, connectionSecret: { ...CNPG_CONNECTION_SECRET } }
      : database,
  );
