import type { KnownEntity } from './KnownEntities';
import { refuseMassRemoval } from './removalGuard';

function fleet(size: number): KnownEntity[] {
  return Array.from({ length: size }, (_, index) => `d${index}`).flatMap(
    deployment => [
      { entityRef: `system:default/${deployment}`, deployment },
      {
        entityRef: `component:default/${deployment}-control-plane`,
        deployment,
      },
    ],
  );
}

function attempt(options: {
  size: number;
  removed: number;
  maxRemovedShare?: number;
}) {
  const known = fleet(options.size);
  const next = new Set(
    known.slice(options.removed * 2).map(({ entityRef }) => entityRef),
  );
  return () =>
    refuseMassRemoval({
      known,
      next,
      maxRemovedShare: options.maxRemovedShare ?? 0.1,
    });
}

describe('refuseMassRemoval', () => {
  it.each([
    { size: 0, removed: 0 },
    { size: 1, removed: 1 },
    { size: 3, removed: 1 },
    { size: 20, removed: 2 },
    { size: 100, removed: 10 },
    { size: 3, removed: 3, maxRemovedShare: 1 },
  ])('allows %j', options => {
    expect(attempt(options)).not.toThrow();
  });

  it.each([
    { size: 2, removed: 2 },
    { size: 3, removed: 2 },
    { size: 20, removed: 3 },
    { size: 100, removed: 11 },
    { size: 100, removed: 100 },
    { size: 20, removed: 2, maxRemovedShare: 0 },
  ])('refuses %j', options => {
    expect(attempt(options)).toThrow(/nothing was changed/);
  });

  it('says what would go and what to do', () => {
    expect(attempt({ size: 10, removed: 7 })).toThrow(
      'Synchronising would remove 14 of 20 entities, of 7 deployments (d0, d1, d2, d3, d4 and 2 more)',
    );
    expect(attempt({ size: 10, removed: 7 })).toThrow(
      /register them again.*coderFleet\.catalog\.maxRemovedShare to 1/,
    );
  });
});
