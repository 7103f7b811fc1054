export { type EntityOptions, toEntities } from './toEntities';
