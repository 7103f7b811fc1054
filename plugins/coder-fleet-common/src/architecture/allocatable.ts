import { NODE_RESERVATION } from './reference/nodeReservation';
import type { ContainerSize } from './tiers';

const MIB_PER_GIB = 1024;

/**
 * What a node has for pods, those of DaemonSets among them.
 *
 * @internal
 */
export function allocatable(node: ContainerSize): ContainerSize {
  const { vcpu, memoryGiB, evictionMiB } = NODE_RESERVATION;
  return {
    cpuMillis: node.cpuMillis - kept(vcpu, node.cpuMillis / 1000) * 1000,
    memoryGiB:
      node.memoryGiB -
      kept(memoryGiB, node.memoryGiB) -
      evictionMiB / MIB_PER_GIB,
  };
}

function kept(
  steps: ReadonlyArray<{ upTo: number; share: number }>,
  total: number,
): number {
  return steps.reduce((sum, { upTo, share }, index) => {
    const from = index === 0 ? 0 : steps[index - 1].upTo;
    return sum + share * Math.max(0, Math.min(total, upTo) - from);
  }, 0);
}
