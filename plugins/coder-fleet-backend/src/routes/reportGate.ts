import { AuthenticationError } from '@backstage/errors';
import express from 'express';
import { rateLimit } from 'express-rate-limit';
import type { ReportTokenStore } from '../store/ReportTokenStore';

/** Of a report, in bytes; the scripts send about a thousand. */
const MAX_REPORT_BYTES = 64 * 1024;

/** Reports of one address in a minute: a whole cluster of deployments may have one. */
const REPORTS_PER_MINUTE = 120;

/**
 * Paths that take a report token instead of Backstage's credentials.
 *
 * @internal
 */
export const REPORT_PATHS = ['backup-reports', 'drill-reports'].map(
  kind => `/deployments/:name/${kind}`,
);

/** What the gate found out of a request. */
const PASSED = new WeakMap<object, string>();

/**
 * The one answer to whoever has no valid token: whether the deployment exists, and whether a token was
 * valid once or is another one's, is nobody's business.
 */
function refused() {
  return new AuthenticationError(
    'Reports need a valid report token of the deployment: issue one on its page in the portal',
  );
}

/**
 * Stands before the paths of reports: few requests, a token, and a small body, in this order, so that
 * nothing is read from whoever has no token.
 *
 * @internal
 */
export function reportGate(options: {
  tokens: Pick<ReportTokenStore, 'verify'>;
}): express.RequestHandler {
  const { tokens } = options;
  const router = express.Router();
  const limit = rateLimit({
    windowMs: 60_000,
    limit: REPORTS_PER_MINUTE,
    standardHeaders: 'draft-7',
    legacyHeaders: false,
    // The backend says itself whom it trusts as a proxy
    validate: false,
  });
  const authenticate: express.RequestHandler = async (req, _res, next) => {
    try {
      const token = /^bearer +(\S+)$/i.exec(req.headers.authorization ?? '');
      const id = await tokens.verify(req.params.name, token?.[1] ?? '');
      if (!id) {
        throw refused();
      }
      PASSED.set(req, id);
      next();
    } catch (error) {
      next(error);
    }
  };
  router.post(
    REPORT_PATHS,
    limit,
    authenticate,
    express.json({ limit: MAX_REPORT_BYTES }),
  );
  return router;
}

/**
 * Id of the token that a request passed the gate with. Throws an `AuthenticationError` when it did not
 * pass.
 *
 * @internal
 */
export function requirePassed(typedRequest: unknown): string {
  const id = PASSED.get(typedRequest as object);
  if (!id) {
    throw refused();
  }
  return id;
}
