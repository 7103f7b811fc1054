export { changeLines } from './changeLines';
export { findingCounts, findingLine, findingLines } from './findingLines';
export { planLines } from './planLines';
export { textTable } from './textTable';
