import { deploymentInput } from '../../__testUtils__/deployments';

/** What a deployment may be asked to be: a choice of each dimension. */
export const DIMENSIONS = {
  tier: ['1k', '2k', '3k', '10k'],
  exposure: ['load-balancer', 'ingress', 'gateway'],
  database: ['external', 'cloudnative-pg', 'rds', 'cloud-sql', 'azure'],
  delivery: ['helm', 'argo-cd', 'flux'],
  regions: ['1', '2', '3'],
  encryption: ['plain', 'encrypted'],
  airGap: ['connected', 'air-gapped'],
  edition: ['premium', 'community'],
} as const;

export type Dimension = keyof typeof DIMENSIONS;
export type Combination = {
  [D in Dimension]: (typeof DIMENSIONS)[D][number];
};

const NAMES = Object.keys(DIMENSIONS) as Dimension[];

/** The community edition encrypts nothing: such a request is refused, and tested elsewhere. */
export function isPossible(combination: Partial<Combination>): boolean {
  return !(
    combination.edition === 'community' &&
    combination.encryption === 'encrypted'
  );
}

/** Every possible combination. */
export function allCombinations(): Combination[] {
  let rows: Array<Partial<Combination>> = [{}];
  for (const name of NAMES) {
    rows = rows.flatMap(row =>
      DIMENSIONS[name].map(value => ({ ...row, [name]: value })),
    );
  }
  return (rows as Combination[]).filter(isPossible);
}

/** Every pair of choices of two dimensions that can stand together, as text. */
export function pairsOf(combination: Combination): string[] {
  return NAMES.flatMap((a, index) =>
    NAMES.slice(index + 1).map(
      b => `${a}=${combination[a]} ${b}=${combination[b]}`,
    ),
  );
}

/**
 * Few combinations in which every possible pair occurs. Greedy: always the one with the most pairs that
 * none before it had; the same ones every time.
 */
export function pairwiseCombinations(): Combination[] {
  const all = allCombinations().map(combination => ({
    combination,
    pairs: pairsOf(combination),
  }));
  const open = new Set(all.flatMap(({ pairs }) => pairs));
  const chosen: Combination[] = [];
  while (open.size > 0) {
    let best = all[0];
    let bestCount = -1;
    for (const candidate of all) {
      const count = candidate.pairs.filter(pair => open.has(pair)).length;
      if (count > bestCount) {
        best = candidate;
        bestCount = count;
      }
    }
    best.pairs.forEach(pair => open.delete(pair));
    chosen.push(best.combination);
  }
  return chosen;
}

const USERS = { '1k': 600, '2k': 1500, '3k': 2500, '10k': 6000 };

/** Each kind somewhere; the bundle reaches no mirror. */
function observabilityOf({ exposure, airGap }: Combination) {
  if (exposure === 'gateway') {
    return 'annotations';
  }
  return exposure === 'load-balancer' && airGap === 'connected'
    ? 'coder-observability'
    : 'prometheus-operator';
}

/** The request that a combination stands for. */
export function requestOf(combination: Combination) {
  const { tier, exposure, database, delivery, edition } = combination;
  const regions = Array.from(
    { length: Number(combination.regions) },
    (_, i) => ({
      name: `region-${i}`,
      // The third region shares the cluster of the second
      cluster: `cluster-${Math.min(i, 1)}`,
      ...(i > 0 &&
        edition === 'premium' && {
          proxy: {
            accessUrl: `https://region-${i}.aurora.example.com`,
            wildcardUrl: `*.region-${i}.aurora.example.com`,
          },
        }),
    }),
  );
  return deploymentInput({
    edition,
    users: { expected: USERS[tier] },
    regions,
    exposure: {
      type: exposure,
      ...(exposure === 'gateway'
        ? { gateway: { name: 'public', namespace: 'gateways' } }
        : { tls: { issuer: { name: 'letsencrypt' } } }),
    },
    database: {
      type: database,
      highlyAvailable: true,
      ...(database === 'cloudnative-pg' && {
        objectStore: { destinationPath: 's3://backups/aurora' },
      }),
      ...(combination.encryption === 'encrypted' && {
        encryption: { enabled: true },
      }),
    },
    backup: {
      schedule: '0 2 * * *',
      destination:
        exposure === 'ingress'
          ? { type: 'volume' }
          : { type: 'rclone', remote: 's3:backups/aurora' },
      report: {
        url: 'https://portal.example.com/api/coder-fleet/deployments/aurora',
      },
    },
    delivery: {
      type: delivery,
      repositoryUrl: 'https://github.com/example/aurora',
    },
    observability: {
      type: observabilityOf(combination),
      logstream: exposure !== 'gateway',
    },
    ...(combination.airGap === 'air-gapped' && {
      airGap: {
        registry: 'registry.example.com:5000',
        chartRepository: 'https://charts.example.com/coder',
        pullSecret: 'registry-credentials',
      },
    }),
  });
}

/** A combination in words. */
export function inWords(combination: Combination): string {
  return NAMES.map(name => combination[name]).join(', ');
}
