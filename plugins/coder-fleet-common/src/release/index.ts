export * from './version';
export * from './calendar';
export * from './support';
export * from './supportWindows';
