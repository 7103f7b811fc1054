import { allocatable } from './allocatable';

it.each([
  // vCPU, GiB; then what is left, reckoned by hand
  // 60 + 10 m; 1 GiB and 100 MiB
  [2, 4, 1930, 2.9023],
  // 80 m; 1 + 0.8 + 0.8 GiB
  [4, 16, 3920, 13.3023],
  // 80 + 28 × 2.5 m; 2.6 + 16 × 0.06 GiB
  [32, 32, 31_850, 28.3423],
  // 80 + 92 × 2.5 m; 2.6 + 112 × 0.06 + 128 × 0.02 GiB
  [96, 256, 95_690, 244.0223],
])(
  'a node of %i vCPU and %i GiB has %i m and %d GiB for pods',
  (vcpu, memoryGiB, millis, rest) => {
    const left = allocatable({ cpuMillis: vcpu * 1000, memoryGiB });
    expect(left.cpuMillis).toBeCloseTo(millis, 3);
    expect(left.memoryGiB).toBeCloseTo(rest, 3);
  },
);
