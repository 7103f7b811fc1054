export * from './evaluate';
export * from './finding';
export type { Evidence, Judgement, Rule } from './rule';
export { RULES } from './rules';
