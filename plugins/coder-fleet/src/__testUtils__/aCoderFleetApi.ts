import type { CoderFleetApi } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import {
  aBackupsReport,
  aCvaReport,
  aDetail,
  aSummary,
  secondsAgo,
} from './fixtures';

const COMMIT = '3f1c9a7d0be1';

const payments: CoderFleetApi = {
  listDeployments: async () => ({ items: [aSummary()], totalItems: 1 }),
  listRecords: async () => ({ items: [aDetail()], totalItems: 1 }),
  getSummary: async () => ({
    total: 1,
    states: { healthy: 1 },
    statesByRegion: { 'eu-central': { healthy: 1 } },
    regions: ['eu-central', 'us-east'],
    businessUnits: ['payments'],
    owners: ['group:default/platform'],
  }),
  getDeployment: async () => aDetail(),
  checkName: async name => ({ name, available: true }),
  register: async name => ({ name, created: true, entityRef: '' }),
  unregister: async () => undefined,
  refresh: async () => aDetail(),
  getArtifacts: async () => ({
    commit: COMMIT,
    items: [
      { path: 'coder-deployment.yaml', size: 900, status: 'rendered' },
      { path: 'README.md', size: 40, status: 'edited' },
      { path: 'helm/values.yaml', size: 0, status: 'missing' },
      { path: 'notes.txt', size: 5, status: 'other' },
    ],
  }),
  getArtifactFile: async (_name, path) => ({
    path,
    commit: COMMIT,
    size: 21,
    content: 'kind: Coder\nspec: {}\n',
  }),
  confirmMerged: async () => {},
  declareUpgrade: async () => {},
  endUpgrade: async () => {},
  getCva: async () => aCvaReport(),
  grantWaiver: async (name, request) => ({
    id: 'w1',
    deployment: name,
    grantedBy: 'user:default/paula',
    grantedAt: secondsAgo(0),
    ...request,
  }),
  revokeWaiver: async () => {},
  checkRequest: async () => ({ decision: 'clear', findings: [], blocking: [] }),
  listPendingRequests: async () => ({ items: [] }),
  grantPendingRequest: async () => {},
  approvePendingRequest: async () => {},
  dismissPendingRequest: async () => {},
  getBackups: async () => aBackupsReport(),
  listReportTokens: async () => ({ items: [] }),
  issueReportToken: async () => ({
    id: 't1',
    createdBy: 'user:default/paula',
    createdAt: secondsAgo(0),
    token: 'cfr_shown-once',
  }),
  revokeReportToken: async () => {},
  attest: async () => {},
  withdrawAttestation: async () => {},
  getArtifactHistory: async () => ({
    items: [
      {
        commit: COMMIT,
        message: 'Create payments',
        author: 'Coder Fleet',
        date: secondsAgo(60),
      },
    ],
  }),
};

/** An API behind which one healthy deployment, `payments`, is registered. */
export function aCoderFleetApi(
  overrides: Partial<CoderFleetApi> = {},
): jest.Mocked<CoderFleetApi> {
  return Object.fromEntries(
    Object.entries({ ...payments, ...overrides }).map(([name, method]) => [
      name,
      jest.fn(method as () => Promise<unknown>),
    ]),
  ) as unknown as jest.Mocked<CoderFleetApi>;
}
