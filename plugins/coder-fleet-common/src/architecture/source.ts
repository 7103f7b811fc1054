/**
 * Where a figure comes from.
 *
 * @public
 */
export type Source = {
  /** Page and section, or the name of our own rule. */
  title: string;
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

/**
 * The pages that figures are read from.
 *
 * @public
 */
export const SOURCES = {
  tierPage: (tier: string): Source => ({
    title: `CVA, reference architecture for ${tier} users`,
    url: `${DOCS}/admin/infrastructure/validated-architectures/${tier}-users`,
  }),
  cva: {
    title: 'Coder Validated Architecture',
    url: `${DOCS}/admin/infrastructure/validated-architectures`,
  },
  cvaDatabase: {
    title: 'CVA, PostgreSQL database',
    url: `${DOCS}/admin/infrastructure/validated-architectures#postgresql-database`,
  },
  scaleCoder: {
    title: 'Coder docs, scale Coder',
    url: `${DOCS}/tutorials/best-practices/scale-coder`,
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
} as const;
