export * from './StateBadge';
export * from './stateLooks';
