import { DAEMON_SETS, NODE_RESERVATION } from './nodeReservation';

// Typed from the page of GKE, not taken from the data

it('has what GKE keeps of the vCPU and the memory of a node', () => {
  const steps = (list: ReadonlyArray<{ upTo: number; share: number }>) =>
    list.map(({ upTo, share }) => `${share * 100} % up to ${upTo}`);
  expect(steps(NODE_RESERVATION.vcpu)).toEqual([
    '6 % up to 1',
    '1 % up to 2',
    '0.5 % up to 4',
    '0.25 % up to Infinity',
  ]);
  expect(steps(NODE_RESERVATION.memoryGiB)).toEqual([
    '25 % up to 4',
    '20 % up to 8',
    '10 % up to 16',
    '6 % up to 128',
    '2 % up to Infinity',
  ]);
  expect(NODE_RESERVATION.evictionMiB).toBe(100);
});

it("leaves half a vCPU and 1 GiB to DaemonSets, by a rule of Coder Fleet's own", () => {
  const { cpuMillis, memoryGiB, source } = DAEMON_SETS;
  expect([cpuMillis, memoryGiB]).toEqual([500, 1]);
  expect(source.title).toBe('Sizing rule of Coder Fleet');
});
