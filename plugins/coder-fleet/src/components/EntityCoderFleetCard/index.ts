export * from './EntityCoderFleetCard';
export * from './isCoderFleetAvailable';
