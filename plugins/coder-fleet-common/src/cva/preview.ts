import { InputError } from '@backstage/errors';
import type { Plan, PlanOptions } from '../architecture/plan';
import { plan as planOf } from '../architecture/plan';
import { render } from '../artifacts/render';
import type { CoderDeployment } from '../deployment/DeploymentSpec';
import type { DeploymentForm } from '../deployment/form';
import { DeploymentInputError, FieldProblem } from '../deployment/parse';
import {
  RequestedDeployment,
  requestedDeployment,
} from '../deployment/requestedDeployment';
import {
  approvalOf,
  RequestApproval,
  RequestPolicy,
  requestPolicyProblems,
} from '../deployment/requestPolicy';
import { evaluate } from './evaluate';
import type { Finding } from './finding';
import { requestEvidence } from './requestEvidence';

/**
 * What a form would lead to.
 *
 * @public
 */
export type RequestPreview = {
  /** What is wrong or missing, by field of the spec; empty when it can be asked for. */
  problems: readonly FieldProblem[];
  /** Of these, what was filled in wrongly; what is only missing yet is not among them. */
  wrong: readonly FieldProblem[];
  /** What would be asked for; absent while something is missing or wrong. */
  deployment?: CoderDeployment;
  /** What the form has no question for and stays as it is registered: sorted paths of the spec. */
  kept: readonly string[];
  /** Absent until edition and users are known, or when no validated architecture covers them. */
  plan?: Plan;
  /** What rules say of the request. Empty without a plan. */
  findings: readonly Finding[];
  /** Who has to approve it; nobody while the business unit is not known. */
  approval: RequestApproval;
};

type Judged = Omit<RequestPreview, 'approval'>;

/** Stands for what was not filled in yet: nothing of it changes a figure of the plan. */
const NOT_YET: DeploymentForm = {
  name: 'not-yet',
  displayName: 'Not yet',
  owner: 'group:default/not-yet',
  businessUnit: 'not-yet',
  region: 'not-yet',
  cluster: 'not-yet',
  accessUrl: 'https://coder.example.com',
  databaseSecretName: 'not-yet',
  databaseSecretKey: 'not-yet',
  databaseHighlyAvailable: true,
  backupSchedule: '0 2 * * *',
  backupRetentionDays: 30,
  releaseBy: 'channel',
  channel: 'stable',
  version: undefined,
  supportLinks: [],
};

/**
 * Plans and judges what somebody has filled in so far, as the request itself will be. Never throws.
 *
 * @public
 */
export function previewRequest(
  options: {
    form: DeploymentForm;
    now: Date;
    /** What units may ask for; nothing is limited without it. */
    policies?: readonly RequestPolicy[];
    /** What is registered under the name, as far as the person may read it. */
    present?: CoderDeployment;
    /** Where backup jobs report to, as the request itself will have it. */
    reportsBaseUrl?: string;
  } & PlanOptions,
): RequestPreview {
  const { form, policies = [] } = options;
  const { businessUnit } = form;
  return {
    ...judgedForm(options),
    approval:
      typeof businessUnit === 'string' && businessUnit !== ''
        ? approvalOf(policies, businessUnit)
        : 'none',
  };
}

function judgedForm(options: Parameters<typeof previewRequest>[0]): Judged {
  const { form, now, generation, policies, present, reportsBaseUrl } = options;
  const requested = (answers: DeploymentForm) =>
    attempt(() =>
      requestedDeployment({ form: answers, present, reportsBaseUrl }),
    );
  const asked = requested(form);
  if (asked.value) {
    const { deployment } = asked.value;
    return {
      ...judged(asked.value, {
        now,
        generation,
        policies,
        problems: [],
        wrong: [],
      }),
      deployment,
    };
  }
  const isStarted =
    form.edition !== undefined &&
    form.expectedUsers !== undefined &&
    form.activeShare !== undefined;
  const filled = isStarted
    ? requested({ ...NOT_YET, ...givenOf(form) })
    : undefined;
  const { problems } = asked;
  return filled?.value
    ? judged(filled.value, { now, generation, problems, wrong: [] })
    : { problems, wrong: filled?.problems ?? [], kept: [], findings: [] };
}

function judged(
  { deployment, kept }: RequestedDeployment,
  options: { now: Date; policies?: readonly RequestPolicy[] } & PlanOptions &
    Pick<Judged, 'problems' | 'wrong'>,
): Judged {
  const { now, generation, policies = [], problems, wrong } = options;
  const { value: plan, problems: uncovered } = attempt(() =>
    planOf(deployment, { generation }),
  );
  if (!plan) {
    return {
      problems: [...problems, ...uncovered],
      wrong: [...wrong, ...uncovered],
      kept,
      findings: [],
    };
  }
  const outside = requestPolicyProblems(policies, { deployment, plan });
  const artifacts = render(deployment, { generation });
  const evidence = requestEvidence({ deployment, plan, artifacts, now });
  return {
    problems: [...problems, ...outside],
    wrong: [...wrong, ...outside],
    kept,
    plan,
    findings: evaluate({ evidence, now }).findings,
  };
}

function givenOf(form: DeploymentForm): DeploymentForm {
  return Object.fromEntries(
    Object.entries(form).filter(([, value]) => value !== undefined),
  );
}

function attempt<T>(work: () => T): {
  value?: T;
  problems: readonly FieldProblem[];
} {
  try {
    return { value: work(), problems: [] };
  } catch (error) {
    if (error instanceof DeploymentInputError) {
      return { problems: error.problems };
    }
    if (error instanceof InputError) {
      return { problems: [{ path: '', message: error.message }] };
    }
    throw error;
  }
}
