/**
 * A chapter of the CVA: rules, scores and pages are ordered by them.
 *
 * @public
 */
export type Chapter =
  | 'topology'
  | 'compute'
  | 'provisioners'
  | 'networking'
  | 'storage'
  | 'database'
  | 'recovery'
  | 'readiness'
  | 'templates'
  | 'observability'
  | 'support';

/**
 * Every chapter in order, with its name for people.
 *
 * @public
 */
export const CHAPTERS: Readonly<Record<Chapter, string>> = {
  topology: 'Topology',
  compute: 'Compute',
  provisioners: 'Provisioners',
  networking: 'Networking',
  storage: 'Storage',
  database: 'Database',
  recovery: 'Recovery',
  readiness: 'Readiness',
  templates: 'Templates',
  observability: 'Observability',
  support: 'Support',
};
