export { DeploymentCva } from './DeploymentCva';
