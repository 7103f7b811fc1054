export * from './SafeLink';
export * from './safeHref';
