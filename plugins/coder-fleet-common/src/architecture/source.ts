/**
 * Where a figure comes from.
 *
 * @public
 */
export type Source = {
  /** The page, or the name of our own rule. */
  title: string;
  /** Where on the page. */
  section?: string;
  url?: string;
};

/**
 * A figure with the rule or table that it came from.
 *
 * @public
 */
export type Sourced<T> = {
  value: T;
  source: Source;
  /** How the source leads to the value, when it is not read off directly. */
  note?: string;
  /** What other texts say, where they disagree. Never blended in. */
  alternatives?: ReadonlyArray<{ value: T; source: Source }>;
};

const DOCS = 'https://coder.com/docs';
const CVA_PAGE = `${DOCS}/admin/infrastructure/validated-architectures`;

/**
 * The pages that figures are read from.
 *
 * @public
 */
export const SOURCES = {
  tierPage: (tier: string): Source => ({
    title: `CVA, reference architecture for ${tier} users`,
    url: `${CVA_PAGE}/${tier}-users`,
  }),
  cva: { title: 'Coder Validated Architecture', url: CVA_PAGE },
  cvaCompute: {
    title: 'CVA, Kubernetes infrastructure',
    section: 'Compute',
    url: `${CVA_PAGE}#compute`,
  },
  cvaStorage: {
    title: 'CVA, Kubernetes infrastructure',
    section: 'Storage',
    url: `${CVA_PAGE}#storage`,
  },
  cvaDatabase: {
    title: 'CVA, PostgreSQL database',
    url: `${CVA_PAGE}#postgresql-database`,
  },
  cvaOverview: {
    title: 'CVA, guidance',
    section: 'What the CVA provides',
    url: `${CVA_PAGE}#cva-guidance`,
  },
  scaleCoder: {
    title: 'Coder docs, scale Coder',
    url: `${DOCS}/tutorials/best-practices/scale-coder`,
  },
  scaleTesting: {
    title: 'Coder docs, scale testing',
    url: `${DOCS}/admin/infrastructure/scale-testing`,
  },
  networking: {
    title: 'Coder docs, networking',
    url: `${DOCS}/admin/networking`,
  },
  serverOptions: {
    title: 'Coder docs, options of the server',
    url: `${DOCS}/reference/cli/server`,
  },
  requirements: {
    title: 'Coder docs, setup',
    url: `${DOCS}/admin/setup`,
  },
  databaseEncryption: {
    title: 'Coder docs, database encryption',
    url: `${DOCS}/admin/security/database-encryption`,
  },
  editions: {
    title: 'Coder docs, features of the editions',
    url: `${DOCS}/admin/licensing`,
  },
  releases: {
    title: 'Coder docs, releases',
    url: `${DOCS}/install/releases`,
  },
  highAvailability: {
    title: 'Coder docs, high availability',
    url: `${DOCS}/admin/networking/high-availability`,
  },
  request: { title: 'The request' },
  sizing: { title: 'Sizing rule of Coder Fleet' },
} as const;

/**
 * A source, narrowed to a part of its page.
 *
 * @public
 */
export function inSection(source: Source, section: string): Source {
  return { ...source, section };
}

/**
 * A figure with what other texts say. One that says the same is not listed.
 *
 * @internal
 */
export function sourced<T>(
  figure: { value: T; source: Source; note?: string },
  others: ReadonlyArray<{ value: T; source: Source }> = [],
): Sourced<T> {
  const { value, source, note } = figure;
  const own = JSON.stringify(value);
  const alternatives = others
    .filter(other => JSON.stringify(other.value) !== own)
    .map(other => ({ value: other.value, source: other.source }));
  return {
    value,
    source,
    ...(note && { note }),
    ...(alternatives.length > 0 && { alternatives }),
  };
}
