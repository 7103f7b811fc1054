export * from './plan';
export * from './sizing';
export * from './source';
export * from './tiers';
