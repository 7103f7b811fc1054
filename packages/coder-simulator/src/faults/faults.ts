import { InputError } from '@backstage/errors';
import { z } from 'zod/v3';

/**
 * Sections of Coder's health report, as they are named on the wire.
 *
 * @public
 */
export const HEALTH_SECTIONS = [
  'access_url',
  'database',
  'derp',
  'websocket',
  'workspace_proxy',
  'provisioner_daemons',
] as const;

/**
 * A section of Coder's health report.
 *
 * @public
 */
export type HealthSection = (typeof HEALTH_SECTIONS)[number];

const YEAR_MS = 366 * 24 * 60 * 60 * 1000;

const healthFaultSchema = z
  .object({
    severity: z.enum(['ok', 'warning', 'error']),
    code: z.string().min(1).max(20),
    message: z.string().max(1000),
    dismissed: z.boolean().optional(),
  })
  .strict();

const faultsSchema = z
  .object({
    stopped: z.boolean().optional(),
    tlsError: z.enum(['untrusted', 'expired', 'wrong-name']).optional(),
    latencyMs: z.number().int().min(0).max(600_000).optional(),
    hang: z.boolean().optional(),
    reset: z.boolean().optional(),
    rateLimited: z.boolean().optional(),
    status500: z.boolean().optional(),
    garbage: z.boolean().optional(),
    hugeBody: z.boolean().optional(),
    drip: z.boolean().optional(),
    clockSkewMs: z.number().int().min(-YEAR_MS).max(YEAR_MS).optional(),
    health: z.record(z.enum(HEALTH_SECTIONS), healthFaultSchema).optional(),
    healthInProgress: z.boolean().optional(),
    offlineProvisioners: z.number().int().min(0).max(10_000).optional(),
    replacedDatabase: z.boolean().optional(),
    unconfigured: z.boolean().optional(),
    unlicensed: z.boolean().optional(),
    licenseExpiresInDays: z.number().int().min(-3650).max(3650).optional(),
    version: z
      .string()
      .regex(/^v\d+\.\d+\.\d+[-+.0-9A-Za-z]*$/, 'must look like v2.36.5')
      .max(100)
      .optional(),
    tokenRole: z
      .enum([
        'owner',
        'auditor',
        'template-admin',
        'user-admin',
        'member',
        'none',
      ])
      .optional(),
  })
  .strict();

/**
 * What is wrong with one section of the health report. An `error` is reported in the section's
 * `error`, a `warning` in its `warnings`.
 *
 * @public
 */
export type HealthFault = z.output<typeof healthFaultSchema>;

/**
 * What a deployment does wrong. Absent and false mean "nothing".
 *
 * - `stopped`: connections are dropped before TLS
 * - `tlsError`: the certificate is of an unknown CA, has expired, or is for another name
 * - `latencyMs`: every answer is late by so many milliseconds
 * - `hang`: requests are read and never answered
 * - `reset`: connections break in the middle of an answer
 * - `rateLimited`: every call of the API is answered with 429
 * - `status500`, `garbage`, `hugeBody` (256 MiB), `drip` (a byte every 200 ms): the answer itself
 * - `clockSkewMs`: how far the server's clock is ahead, or behind when negative
 * - `health`: severity, code and message of a section, seen when the report is next computed
 * - `healthInProgress`: `debug/health` answers 404 "in progress"
 * - `offlineProvisioners`: so many external daemons have not been seen for an hour
 * - `replacedDatabase`: an empty database with another `deployment_id`, and with other tokens
 * - `unconfigured`: a database in which nobody has set up anything: no administrator, no licence, no keys
 * - `unlicensed`: an enterprise build without a licence
 * - `licenseExpiresInDays`: days that the licence has left, always; negative ones are over
 * - `version`: reported instead of the committed one
 * - `tokenRole`: what the tracker's (Owner's) token may do; `none` makes it invalid
 *
 * @public
 */
export type Faults = z.output<typeof faultsSchema>;

/**
 * Checks faults from outside. Throws an `InputError` that names the field.
 *
 * @internal
 */
export function parseFaults(value: unknown): Faults {
  const parsed = faultsSchema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new InputError(
      `Invalid faults: ${[...issue.path, issue.message].join(': ')}`,
    );
  }
  return parsed.data;
}
