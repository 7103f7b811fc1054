export * from './CredentialsHint';
