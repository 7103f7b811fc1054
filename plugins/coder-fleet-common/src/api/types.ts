import type { BackupRecord, RestoreDrill } from '../backup/records';
import type { BackupStanding, DrillStanding } from '../backup/standing';
import type { Plan } from '../architecture/plan';
import type { AttestationEvidence } from '../cva/evidence';
import type { Finding } from '../cva/finding';
import type { CvaScore } from '../cva/score';
import type { Waiver } from '../cva/waiver';
import type { CoderDeployment } from '../deployment/DeploymentSpec';
import type { PullRequestStanding } from '../deployment/pullRequest';
import type { DeploymentState, UpgradeWindow } from '../deployment/state';
import type { FactStatus } from '../tracking/fact';
import type { DeploymentFacts, FactKey } from '../tracking/facts';

/**
 * Where a deployment's artifacts are kept.
 *
 * @public
 */
export type RepositoryRef = {
  /** `directory`: a bare repository in the directory of `coderFleet.publish.git`. */
  type: 'directory' | 'url';
  /** Name in the directory, or the URL. */
  location: string;
  /** The commit that was published last. */
  commit?: string;
};

/**
 * A repository as a registration names it.
 *
 * @public
 */
export type RegisteredRepository = RepositoryRef & {
  /** URL of the pull request that brings the deployment there: it starts once that is merged. */
  pullRequest?: string;
};

/**
 * A row of the fleet.
 *
 * @public
 */
export type DeploymentSummary = {
  name: string;
  displayName: string;
  state: DeploymentState;
  /** Why, in one sentence. */
  stateReason: string;
  /** As last reported by the server; absent until it was seen. */
  observedVersion?: string;
  /** What was asked for. */
  plannedVersion: string;
  /** Region of the control plane. */
  region: string;
  businessUnit: string;
  owner: string;
  edition: string;
  tier: string;
  accessUrl: string;
  /** When it last answered, ISO 8601. */
  lastSeen?: string;
  registeredAt: string;
};

/**
 * A fact on the wire; times in ISO 8601.
 *
 * @public
 */
export type FactDto<T> = {
  value?: T;
  observedAt?: string;
  attemptedAt: string;
  collector: string;
  intervalMs: number;
  status: FactStatus;
  message?: string;
  /** Older than twice its collector's interval. */
  stale: boolean;
};

/**
 * The facts of a deployment on the wire; a key is absent until it was first tried.
 *
 * @public
 */
export type FactsDto = { [K in FactKey]?: FactDto<DeploymentFacts[K]> };

/**
 * What the registry knows without looking at the running thing.
 *
 * @public
 */
export type DeploymentRecord = DeploymentSummary & {
  deployment: CoderDeployment;
  plan: Plan;
  repository?: RepositoryRef;
  /** With which it was requested. Absent where no pull request was named. */
  pullRequest?: PullRequestStanding;
  /** The upgrade that was declared last; it may be over. */
  upgrade?: UpgradeWindow;
};

/**
 * Everything about one deployment.
 *
 * @public
 */
export type DeploymentDetail = DeploymentRecord & {
  facts: FactsDto;
  findings: Finding[];
};

/**
 * Columns that the list can be sorted by; `-` in front for descending.
 *
 * @public
 */
export const DEPLOYMENT_SORT_FIELDS = [
  'name',
  'displayName',
  'state',
  'version',
  'region',
  'businessUnit',
  'owner',
  'tier',
  'lastSeen',
] as const;

/**
 * A column that the list can be sorted by.
 *
 * @public
 */
export type DeploymentSortField = (typeof DEPLOYMENT_SORT_FIELDS)[number];

/**
 * Which deployments, in which order. Values of one filter are alternatives; filters add up.
 *
 * @public
 */
export type DeploymentQuery = {
  state?: DeploymentState[];
  region?: string[];
  businessUnit?: string[];
  owner?: string[];
  edition?: string[];
  tier?: string[];
  /** Part of name, display name or access URL, any case. */
  search?: string;
  sort?: DeploymentSortField | `-${DeploymentSortField}`;
  /** Rows at most, 1 to 500; 50 by default. */
  limit?: number;
  /** Rows to leave out, from 0. */
  offset?: number;
};

/**
 * A page of a list.
 *
 * @public
 */
export type Page<T> = { items: T[]; totalItems: number };

/**
 * How many deployments are in each state, and the values that filters can take.
 *
 * @public
 */
export type FleetSummary = {
  total: number;
  states: Partial<Record<DeploymentState, number>>;
  /** The same by region of the control plane. */
  statesByRegion: Record<string, Partial<Record<DeploymentState, number>>>;
  regions: string[];
  businessUnits: string[];
  owners: string[];
};

/**
 * Body of a registration.
 *
 * @public
 */
export type RegisterRequest = {
  deployment: CoderDeployment;
  repository?: RegisteredRepository;
};

/**
 * Body of the declaration of an upgrade.
 *
 * @public
 */
export type UpgradeRequest = Pick<
  UpgradeWindow,
  'until' | 'targetVersion' | 'reason'
>;

/**
 * What the rules say of a deployment, and what people said to that.
 *
 * @public
 */
export type CvaReport = {
  findings: Finding[];
  score: CvaScore;
  evaluatedAt: string;
  /** Newest first; expired ones too. */
  waivers: Waiver[];
  attestations: AttestationEvidence[];
};

/**
 * Body of a waiver.
 *
 * @public
 */
export type WaiverRequest = Pick<Waiver, 'rule' | 'reason' | 'expiresAt'>;

/**
 * Whether a request may go on.
 *
 * - `clear`: nothing is against it.
 * - `may-grant`: rules fail, and who asks may accept that: it may go on.
 * - `waiver-requested`: rules fail; the request waits for somebody who may accept that.
 * - `approval-requested`: the request waits for somebody else to approve it.
 * - `refused`: a rule fails from which no deviation can be accepted.
 *
 * @public
 */
export type RequestDecision =
  'clear' | 'may-grant' | 'waiver-requested' | 'approval-requested' | 'refused';

/**
 * Whether exactly a request was approved, and by whom (an entity reference), or waits for that.
 *
 * @public
 */
export type RequestApprovalStanding =
  | { state: 'given'; approvedBy: string; comment?: string }
  | { state: 'requested' };

/**
 * What is said of a request before anything is made of it.
 *
 * @public
 */
export type RequestCheck = {
  decision: RequestDecision;
  /** What every rule says, with the waivers that were granted. */
  findings: Finding[];
  /** Of these, what the decision is about. */
  blocking: string[];
  /** Beside a waiver too. Absent where nobody has to approve the request. */
  approval?: RequestApprovalStanding;
};

/**
 * A request that waits until somebody accepts that it deviates, or approves it, or both; or, of the caller, one
 * that was approved and is not registered yet.
 *
 * @public
 */
export type PendingRequest = {
  /** Name of the deployment that is asked for, or of the one that is to change. */
  deployment: string;
  owner: string;
  businessUnit: string;
  region: string;
  /** Deviations that are to be accepted, the worst first; none where only an approval is waited for. */
  rules: Array<Pick<Finding, 'rule' | 'title' | 'severity' | 'message'>>;
  /** What is to be approved, or was. Absent where no approval is needed. */
  approval?: PendingApproval;
  /** Entity reference of who asked. */
  requestedBy: string;
  requestedAt: string;
};

/**
 * What somebody approves: what was asked for, in figures.
 *
 * @public
 */
export type PendingApproval = {
  /** SHA-256 of exactly what was asked for, in hexadecimal: who approves repeats it. */
  digest: string;
  displayName: string;
  edition: string;
  tier: string;
  expectedUsers: number;
  /** Names of the regions; the control plane is in the first. */
  regions: string[];
  /** Kind of the database. */
  database: string;
  accessUrl: string;
  /** Fields that differ from what is registered and may be read, as paths. Absent for a new deployment. */
  changes?: string[];
  /** Whether the caller may approve it: `false` for who asked. */
  mayApprove: boolean;
  /** Who approved exactly this. Absent while it waits. */
  given?: {
    /** Entity reference of who approved it. */
    approvedBy: string;
    comment?: string;
  };
};

/**
 * Body of an approval. `digest` is the one of what was looked at: something else is not approved by it.
 *
 * @public
 */
export type PendingRequestApproval = { digest: string; comment?: string };

/**
 * Body of what accepts all deviations of a request.
 *
 * @public
 */
export type PendingRequestGrant = Pick<Waiver, 'reason' | 'expiresAt'>;

/**
 * A token with which the backup jobs of one deployment report, without the token.
 *
 * @public
 */
export type ReportToken = {
  id: string;
  /** Entity reference of who issued it. */
  createdBy: string;
  createdAt: string;
  /** When something was reported with it last. */
  lastUsedAt?: string;
};

/**
 * A token as it is issued: the only time that it is told.
 *
 * @public
 */
export type IssuedReportToken = ReportToken & { token: string };

/**
 * How a deployment stands with its backups. Records and drills: newest first.
 *
 * @public
 */
export type BackupsReport = {
  /** Schedule that was asked for: five cron fields, UTC. */
  schedule: string;
  retentionDays: number;
  backup: {
    standing: BackupStanding;
    /** When the last good one finished. */
    lastGoodAt?: string;
    /** Until when that one is recent. */
    dueBy?: string;
  };
  drill: {
    standing: DrillStanding;
    lastAt?: string;
    dueBy?: string;
  };
  records: BackupRecord[];
  drills: RestoreDrill[];
};

/**
 * Answer to a report. `recorded` is `false` when the run was reported before: the first report stands.
 *
 * @public
 */
export type ReportReceipt = { runId: string; recorded: boolean };

/**
 * Body of an attestation.
 *
 * @public
 */
export type AttestationRequest = Pick<
  AttestationEvidence,
  'holds' | 'note' | 'reviewBy'
>;

/**
 * Answer to a registration.
 *
 * @public
 */
export type RegisterResponse = {
  name: string;
  /** `false`: it was registered before, and is as asked for now. */
  created: boolean;
  entityRef: string;
};

/**
 * Whether a name is free.
 *
 * @public
 */
export type NameAvailability = { name: string; available: boolean };

/**
 * How a file in the repository compares with what was rendered.
 *
 * - `rendered`: as it was rendered.
 * - `edited`: changed by hand since.
 * - `missing`: rendered, but not there.
 * - `other`: not rendered by us.
 *
 * @public
 */
export type ArtifactStatus = 'rendered' | 'edited' | 'missing' | 'other';

/**
 * One file of a deployment's repository.
 *
 * @public
 */
export type ArtifactEntry = {
  path: string;
  /** Bytes. */
  size: number;
  status: ArtifactStatus;
};

/**
 * The files of a deployment's repository at a commit.
 *
 * @public
 */
export type ArtifactTree = { commit: string; items: ArtifactEntry[] };

/**
 * The text of one file; `content` is absent when it is not text.
 *
 * @public
 */
export type ArtifactFile = {
  path: string;
  commit: string;
  size: number;
  content?: string;
};

/**
 * One commit of a deployment's repository.
 *
 * @public
 */
export type ArtifactCommit = {
  commit: string;
  message: string;
  author: string;
  /** ISO 8601. */
  date: string;
};
