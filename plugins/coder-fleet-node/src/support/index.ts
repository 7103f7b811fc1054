export * from './checkLinks';
