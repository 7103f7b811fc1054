export { FleetRegions } from './FleetRegions';
