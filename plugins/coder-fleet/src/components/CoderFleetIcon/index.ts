export * from './CoderFleetIcon';
