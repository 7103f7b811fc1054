import type { PlannedDatabase } from './planDatabase';
import { DATABASE_FAMILIES } from './reference/databaseFamilies';
import {
  DATABASE_INSTANCES,
  type DatabaseInstances,
} from './reference/databaseInstances';
import type { CloudName } from './reference/types';
import { Sourced, sourced } from './source';

/**
 * The machine of a cloud that carries the database of a plan: the smallest of the family that has both its vCPU and its
 * memory. The CVA's own table of cloud instances stands beside it, where it names another.
 *
 * @internal
 */
export function databaseMachine(
  { vcpu, memoryGB, sizeClass }: PlannedDatabase,
  cloud: CloudName,
): Sourced<DatabaseInstances[number]> {
  const { machines, source } = DATABASE_FAMILIES[cloud];
  const fitting = machines.find(
    machine => machine.vcpu >= vcpu.value && machine.memoryGB >= memoryGB.value,
  );
  const row = DATABASE_INSTANCES.find(({ size }) => size === sizeClass.value);
  return sourced(
    { value: fitting ?? machines[machines.length - 1], source },
    row ? [{ value: row.instances[cloud][0], source: row.source }] : [],
  );
}
