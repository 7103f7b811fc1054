export * from './VersionLabel';
export * from './versionSupport';
