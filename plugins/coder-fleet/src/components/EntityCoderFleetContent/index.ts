export * from './EntityCoderFleetContent';
