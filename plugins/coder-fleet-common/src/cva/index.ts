export {
  BLOCKING_SEVERITY,
  blockingFindings,
  refusedFindings,
} from './blocking';
export { CHAPTERS } from './chapter';
export type { Chapter } from './chapter';
export * from './evaluate';
export * from './evidence';
export * from './finding';
export { Look } from './Look';
export type { Check, Seen, ValueAt } from './Look';
export { previewRequest } from './preview';
export type { RequestPreview } from './preview';
export { requestEvidence } from './requestEvidence';
export type { Judgement, Rule } from './rule';
export { RULES } from './rules';
export { cvaScore } from './score';
export type { CvaScore, Score } from './score';
export { valuesEvidence } from './valuesEvidence';
export { MAX_ACCEPTANCE_MS } from './waiver';
export type { AppliedWaiver, Waiver } from './waiver';
