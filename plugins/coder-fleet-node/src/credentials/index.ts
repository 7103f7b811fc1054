export type { CredentialSlot } from './credential';
export { CredentialStore } from './CredentialStore';
export type { CredentialLookup } from './CredentialStore';
export { normalizeOrigin } from './origin';
