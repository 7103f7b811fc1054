/**
 * The domain of Coder Fleet: pure, isomorphic, without I/O.
 *
 * @packageDocumentation
 */

export * from './annotations';
export * from './api';
export * from './artifacts';
export * from './backup';
export * from './architecture';
export * from './changes';
export * from './cva';
export * from './deployment';
export * from './health';
export * from './network';
export * from './permissions';
export * from './release';
export * from './report';
export * from './support';
export * from './time/clock';
export * from './topology';
export * from './tracking';
