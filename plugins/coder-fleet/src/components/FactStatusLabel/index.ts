export * from './FactStatusLabel';
export * from './factTrust';
