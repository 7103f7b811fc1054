import { ConflictError, InputError } from '@backstage/errors';
import {
  approvalOf,
  type DeploymentRecord,
  requestDigest,
  type RequestPolicy,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import type { MergedReader } from '../artifacts/MergedReader';
import type { Registration } from '../store/rows';

/**
 * Lets registrations through whose approval is the merge of a pull request.
 *
 * @internal
 */
export class MergeGate {
  readonly #policies: readonly RequestPolicy[];
  readonly #reader: Pick<MergedReader, 'compare'>;

  constructor(options: {
    policies: readonly RequestPolicy[];
    mergedReader: Pick<MergedReader, 'compare'>;
  }) {
    this.#policies = options.policies;
    this.#reader = options.mergedReader;
  }

  /**
   * Throws an `InputError` when a new deployment names no pull request although it needs one, and a
   * `ConflictError` when a change is not merged yet.
   */
  async require(
    registration: Registration,
    before: DeploymentRecord | undefined,
  ): Promise<void> {
    if (!before) {
      await this.#requireRequest(registration);
    } else if (
      // One that waits does so with whatever is requested now
      !before.pullRequest?.openSince &&
      requestDigest(before.deployment) !==
        requestDigest(registration.deployment)
    ) {
      await this.#requireMerged(registration, before);
    }
  }

  async #requireRequest(registration: Registration): Promise<void> {
    const { deployment, pullRequest, repository } = registration;
    const { businessUnit } = deployment.spec;
    if (pullRequest || !this.#isNeeded(businessUnit)) {
      return;
    }
    // What lies on the default branch of the publisher's own directory needs no merge any more
    const { status } =
      repository?.type === 'directory'
        ? await this.#reader.compare(deployment, repository)
        : { status: 'absent' };
    if (status !== 'same') {
      throw new InputError(
        `repository.pullRequest: what ${businessUnit} asks for is approved by the merge of a pull request: ` +
          `name its repository and the URL of the pull request`,
      );
    }
  }

  async #requireMerged(
    registration: Registration,
    before: DeploymentRecord,
  ): Promise<void> {
    const { deployment, pullRequest } = registration;
    const { metadata, spec } = deployment;
    if (
      !pullRequest &&
      // To leave a business unit is a change of it, too
      ![spec.businessUnit, before.businessUnit].some(unit =>
        this.#isNeeded(unit),
      )
    ) {
      return;
    }
    const repository = registration.repository ?? before.repository;
    if (!repository) {
      throw new InputError(
        `repository: "${metadata.name}" is changed by a pull request: name the repository that it is merged to`,
      );
    }
    const standing = await this.#reader.compare(deployment, repository);
    if (standing.status !== 'same') {
      const why =
        standing.status === 'unreadable' ? ` (${standing.message})` : '';
      throw new ConflictError(
        `"${metadata.name}" stays as it is registered: a change of it is registered once exactly this is on the ` +
          `default branch of ${repository.location}${why}. Merge its pull request, then register it again`,
      );
    }
  }

  #isNeeded(businessUnit: string): boolean {
    return approvalOf(this.#policies, businessUnit) === 'pull-request';
  }
}
