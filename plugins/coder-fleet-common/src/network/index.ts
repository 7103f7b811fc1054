export * from './canReach';
export { METADATA_ADDRESSES, type MetadataAddress } from './metadataAddresses';
export * from './networkPolicy';
