export * from './DecisionList';
