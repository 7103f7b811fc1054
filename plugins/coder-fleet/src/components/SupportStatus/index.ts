export * from './SupportStatus';
