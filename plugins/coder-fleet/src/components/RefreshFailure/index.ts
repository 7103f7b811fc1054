export * from './RefreshFailure';
