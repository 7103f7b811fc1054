export { CoderFleetEntityProvider } from './CoderFleetEntityProvider';
export { HttpDeploymentRegistry } from './DeploymentRegistry';
export { CatalogKnownEntities } from './KnownEntities';
