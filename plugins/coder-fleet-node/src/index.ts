/**
 * What the backend packages of Coder Fleet share: calls to Coder deployments, their credentials, and the
 * repositories of their artifacts.
 *
 * @packageDocumentation
 */

export * from './coder';
export * from './credentials';
export * from './git';
export * from './http';
export * from './support';
