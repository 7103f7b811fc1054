export * from './bundleContents';
export * from './supportBundle';
