import { InputError } from '@backstage/errors';
import { comparePlans } from '../architecture/comparePlans';
import type { Plan, PlanOptions } from '../architecture/plan';
import type { Artifact } from '../artifacts/artifact';
import { planRows } from '../artifacts/planTable';
import { render } from '../artifacts/render';
import { evaluate } from '../cva/evaluate';
import type { Finding } from '../cva/finding';
import { requestEvidence } from '../cva/requestEvidence';
import { changedFields } from '../deployment/changedFields';
import type { CoderDeployment } from '../deployment/DeploymentSpec';
import {
  type FileChange,
  fileChanges,
  type HandEditedFile,
} from './fileChanges';
import type { PresentDeployment } from './presentDeployment';

/**
 * A figure of the plan before and after; one of them is absent where a figure comes or goes.
 *
 * @public
 */
export type FigureChange = { label: string; before?: string; after?: string };

/**
 * What rules would say otherwise: findings that are neither `pass` nor `skip`.
 *
 * @public
 */
export type FindingChanges = {
  /** That come with the change, or with another verdict. */
  gained: Finding[];
  /** That are there as it is registered, and not any more then. */
  lost: Finding[];
};

/**
 * What a request would change of what is registered.
 *
 * @public
 */
export type DeploymentChanges = {
  /** In the order of the plan's rows; what goes stands last. */
  figures: FigureChange[];
  /** Absent when what is registered would not be taken any more: then nothing is known of its files. */
  findings?: FindingChanges;
  /** Sorted paths such as `spec.users.expected`. */
  fields: string[];
  /** By path, without the lock; absent when the present files are not known. */
  files?: FileChange[];
  /** Files that stop publishing, unless it is told to overwrite them. */
  handEdits: HandEditedFile[];
};

/**
 * Compares what is asked for with what is registered, before anything is written.
 *
 * @public
 */
export function deploymentChanges(
  options: {
    present: PresentDeployment;
    /** What is asked for. */
    deployment: CoderDeployment;
    plan: Plan;
    /** What it renders to. */
    artifacts: readonly Artifact[];
    /** What rules say of it. */
    findings: readonly Finding[];
    now: Date;
  } & PlanOptions,
): DeploymentChanges {
  const { present, deployment, plan, artifacts, generation } = options;
  const rendered = renderedAgain(present.deployment, { generation });
  const compared =
    present.files &&
    fileChanges({
      present: present.files,
      rendered: rendered ?? [],
      artifacts,
    });
  const findings = rendered && findingChanges({ ...options, rendered });
  return {
    figures: figureChanges(present.plan, plan),
    ...(findings && { findings }),
    fields: changedFields(present.deployment, deployment),
    ...(compared && { files: compared.files }),
    handEdits: compared?.handEdits ?? [],
  };
}

function figureChanges(before: Plan, after: Plan): FigureChange[] {
  const old = valuesOf(before);
  const now = valuesOf(after);
  return [...new Set([...now.keys(), ...old.keys()])]
    .filter(label => old.get(label) !== now.get(label))
    .map(label => {
      const was = old.get(label);
      const is = now.get(label);
      return {
        label,
        ...(was !== undefined && { before: was }),
        ...(is !== undefined && { after: is }),
      };
    });
}

/** Both are judged at one time: what the calendar says in between is no change of the request. */
function findingChanges(options: {
  present: PresentDeployment;
  rendered: readonly Artifact[];
  plan: Plan;
  findings: readonly Finding[];
  now: Date;
}): FindingChanges {
  const { present, rendered, plan, findings, now } = options;
  const evidence = requestEvidence({
    deployment: present.deployment,
    plan: present.plan,
    artifacts: rendered,
    now,
  });
  const { gained, lost } = comparePlans(
    { plan: present.plan, findings: evaluate({ evidence, now }).findings },
    { plan, findings },
  );
  return { gained, lost };
}

function valuesOf(plan: Plan): Map<string, string> {
  return new Map(planRows(plan).map(({ label, value }) => [label, value]));
}

/** What was taken long ago may not be taken any more: then old texts are not known. */
function renderedAgain(
  deployment: CoderDeployment,
  options: PlanOptions,
): Artifact[] | undefined {
  try {
    return render(deployment, options);
  } catch (error) {
    if (error instanceof InputError) {
      return undefined;
    }
    throw error;
  }
}
