export * from './canReach';
export * from './networkPolicy';
