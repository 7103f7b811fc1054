import { z } from 'zod/v3';
import type { Shape } from './fact';

/**
 * The database server.
 *
 * @public
 */
export type PostgresServerEvidence = {
  /** As the server gives it, for example `16.4`. */
  version: string;
  /** `built-in`: started by Coder inside its own pod. */
  location: 'external' | 'in-cluster' | 'built-in';
  region?: string;
  zone?: string;
  /** The cloud's name of the machine, for example `db.m6i.xlarge`. */
  instanceClass?: string;
  vcpu?: number;
  memoryGB?: number;
  storageGB?: number;
  /** The cloud's name of the disk, for example `gp3`. */
  storageType?: string;
  iops?: number;
  /** Whether a standby takes over. */
  highlyAvailable?: boolean;
  /** Pooler in front of it; a transaction-mode one breaks LISTEN/NOTIFY. */
  pooler?: 'none' | 'session' | 'transaction';
};

/**
 * What the database knows and measures.
 *
 * @public
 */
export type PostgresEvidence = {
  server: PostgresServerEvidence;
  /** `max_connections`, and how many are in use. */
  connections: { max: number; used: number };
  /** Round trip between control plane and database, in milliseconds. */
  latency: { medianMs: number };
  /** Parts of what the machine has. */
  utilisation: { cpu: number; memory: number; io: number };
  /** Coder's own schema. */
  schema: { version: number; dirty: boolean };
};

const amount = z.number().finite().nonnegative();
const count = amount.int();

/**
 * How evidence of PostgreSQL is read.
 *
 * @internal
 */
export const postgresShapes: {
  [K in keyof PostgresEvidence]: Shape<PostgresEvidence[K]>;
} = {
  server: z.object({
    version: z.string(),
    location: z.enum(['external', 'in-cluster', 'built-in']),
    region: z.string().optional(),
    zone: z.string().optional(),
    instanceClass: z.string().optional(),
    vcpu: amount.optional(),
    memoryGB: amount.optional(),
    storageGB: amount.optional(),
    storageType: z.string().optional(),
    iops: amount.optional(),
    highlyAvailable: z.boolean().optional(),
    pooler: z.enum(['none', 'session', 'transaction']).optional(),
  }),
  connections: z.object({ max: count, used: count }),
  latency: z.object({ medianMs: amount }),
  utilisation: z.object({ cpu: amount, memory: amount, io: amount }),
  schema: z.object({ version: count, dirty: z.boolean() }),
};
