export * from './Subtle';
