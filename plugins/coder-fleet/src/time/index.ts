export * from './ClockContext';
