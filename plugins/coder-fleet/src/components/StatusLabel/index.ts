export * from './StatusLabel';
export * from './tones';
