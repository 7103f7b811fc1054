export * from './records';
export * from './schedule';
export * from './standing';
