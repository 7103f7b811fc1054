export * from './CoderFleetRouter';
