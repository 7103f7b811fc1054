export { FindingItem } from './FindingItem';
export { VerdictLabel } from './VerdictLabel';
export { byUrgency, VERDICTS } from './verdicts';
