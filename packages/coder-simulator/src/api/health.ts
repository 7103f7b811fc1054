import type { CachedHealth } from '../deployment/Deployment';
import { healthReport, healthText } from './healthReport';
import { failure, json, Reply, text, toIndentedJson } from './reply';
import type { ApiRequest, Route } from './Route';

const IN_PROGRESS =
  'Healthcheck is in progress and did not complete in time. Try again in a few seconds.';

/**
 * Deployment health, for Owners. Cached, with the time at which it was computed.
 *
 * @internal
 */
export const healthRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v2/debug/health',
    access: { read: 'debug_info', refusal: 'forbidden' },
    handle: debugHealth,
  },
];

function debugHealth(request: ApiRequest): Reply {
  if (request.deployment.faults.healthInProgress) {
    return failure(404, IN_PROGRESS);
  }
  const report = currentReport(request);
  const format = request.query.get('format') ?? '';
  switch (format) {
    case '':
    case 'json':
      return json(200, report.json);
    case 'text':
      return text(200, report.text);
    default:
      return failure(
        400,
        `Invalid format option "${format}".`,
        'Allowed values are: "json", "simple".',
      );
  }
}

function currentReport(request: ApiRequest): CachedHealth {
  const { deployment, query, healthRefreshMs } = request;
  const { now } = deployment;
  const cached = deployment.health;
  const fresh =
    cached && now.getTime() - cached.time.getTime() < healthRefreshMs;
  if (fresh && query.get('force') !== 'true') {
    return cached;
  }
  const report = healthReport(deployment, now);
  deployment.health = {
    time: now,
    json: toIndentedJson(report),
    text: healthText(report),
  };
  return deployment.health;
}
