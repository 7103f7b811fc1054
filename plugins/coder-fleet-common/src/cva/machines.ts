/**
 * Machines whose speed depends on saved-up credits. Names of AWS (with and without `db.`), Azure and
 * Google Cloud.
 * Source: CVA, PostgreSQL database and compute ("avoid burstable").
 */
const BURSTABLE = [
  /^(?:db\.|cache\.)?t\d[a-z]*\./i,
  /^(?:standard_)?b\d+[a-z]*(?:_v\d+)?$/i,
  /^(?:gp_|b_)?standard_b\d/i,
  /^(?:f1-micro|g1-small|e2-(?:micro|small|medium))$/i,
  /^db-(?:f1-micro|g1-small)$/i,
];

/**
 * Whether a cloud's machine is of a burstable class.
 *
 * @internal
 */
export function isBurstable(instanceType: string): boolean {
  return BURSTABLE.some(pattern => pattern.test(instanceType.trim()));
}

/**
 * Disks that turn, or that are meant for development. Names of AWS, Azure and Google Cloud.
 * Source: CVA, PostgreSQL database (disk options).
 */
const SLOW_DISKS = [
  /^(?:standard|st1|sc1|magnetic)$/i,
  /^standard_?(?:hdd|ssd)?(?:_lrs|_zrs)?$/i,
  /^(?:pd-standard|hdd|pd_hdd)$/i,
  /^standardssd(?:_lrs|_zrs)?$/i,
];

/**
 * Whether a cloud's disk is too slow for a database.
 *
 * @internal
 */
export function isSlowDisk(storageType: string): boolean {
  return SLOW_DISKS.some(pattern => pattern.test(storageType.trim()));
}
