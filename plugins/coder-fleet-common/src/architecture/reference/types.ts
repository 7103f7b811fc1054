/**
 * A cloud that the CVA names machines of.
 *
 * @public
 */
export type CloudName = 'aws' | 'azure' | 'gcp';

/**
 * What a machine has.
 *
 * @public
 */
export type MachineShape = { vcpu: number; memoryGB: number };
