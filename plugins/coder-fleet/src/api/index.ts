export * from './coderFleetApiRef';
export * from './isNotFound';
