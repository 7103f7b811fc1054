import type {
  AuditorService,
  AuditorServiceEventSeverityLevel,
  BackstageCredentials,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type express from 'express';

/**
 * What an audit event says of a request.
 *
 * @internal
 */
export type AuditOptions = {
  /** Kebab case, without the plugin's id. */
  eventId: string;
  severityLevel?: AuditorServiceEventSeverityLevel;
  meta?: JsonObject;
};

/**
 * What every route does around its work: who is it, and what becomes of it in the audit log.
 *
 * @internal
 */
export class RequestGuard {
  readonly #httpAuth: HttpAuthService;
  readonly #auditor: AuditorService;

  constructor(options: { httpAuth: HttpAuthService; auditor: AuditorService }) {
    this.#httpAuth = options.httpAuth;
    this.#auditor = options.auditor;
  }

  /**
   * Runs `work` with the caller's credentials. What it throws, a missing permission too, is recorded as
   * a failure.
   */
  async handle<T>(
    /** The typed request of the router; only a plain one is asked of here. */
    typedRequest: unknown,
    audit: AuditOptions,
    work: (credentials: BackstageCredentials) => Promise<T>,
  ): Promise<T> {
    const request = typedRequest as express.Request;
    const credentials = await this.#httpAuth.credentials(request, {
      allow: ['user', 'service'],
    });
    const event = await this.#auditor.createEvent({ ...audit, request });
    try {
      const result = await work(credentials);
      await event.success();
      return result;
    } catch (error) {
      await event.fail({ error: toError(error) as Error });
      throw error;
    }
  }
}
