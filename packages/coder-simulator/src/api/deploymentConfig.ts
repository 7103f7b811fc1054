import type { Deployment } from '../deployment/Deployment';
import { goBoolean, goDuration } from '../deployment/goValues';
import { serverEnvironment } from '../deployment/serverEnvironment';
import { json, toJson } from './reply';
import type { Route } from './Route';
import type { ServerOption } from './ServerOption';
import { SERVER_OPTIONS } from './serverOptions';

/**
 * Options of the server with their values and where these come from, for Auditors. Values of secrets
 * are blank, whether they are set or not; only `value_source` tells.
 *
 * @internal
 */
export const deploymentConfigRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v2/deployment/config',
    access: { read: 'deployment_config', refusal: 'forbidden' },
    handle: ({ deployment }) =>
      json(
        200,
        deployment.cached('deployment/config', () =>
          toJson(deploymentConfig(deployment)),
        ),
      ),
  },
];

/**
 * The value of an option as the server reads it.
 *
 * @internal
 */
export function optionValue(deployment: Deployment, env: string): unknown {
  const option = SERVER_OPTIONS.find(candidate => candidate.env === env);
  const text = serverEnvironment(deployment.config)[env];
  return option && parse(option, text ?? option.default ?? '');
}

function deploymentConfig(deployment: Deployment) {
  const value = (env: string) => optionValue(deployment, env);
  return {
    // A few of the many fields; the options below say all.
    config: {
      access_url: value('CODER_ACCESS_URL'),
      wildcard_access_url: value('CODER_WILDCARD_ACCESS_URL'),
      pg_auth: value('CODER_PG_AUTH'),
      // A secret, and so it is always empty.
      pg_connection_url: '',
      prometheus: { enable: value('CODER_PROMETHEUS_ENABLE') },
      provisioner: { daemons: value('CODER_PROVISIONER_DAEMONS') },
      update_check: value('CODER_UPDATE_CHECK'),
    },
    options: SERVER_OPTIONS.map(option => toWire(deployment, option)),
  };
}

function toWire(deployment: Deployment, option: ServerOption) {
  const { config } = deployment;
  const text = serverEnvironment(config)[option.env];
  const set = text !== undefined || config.secretEnv.includes(option.env);
  const unset = option.default === undefined ? '' : 'default';
  return {
    name: option.name,
    description: `${option.name}.`,
    flag: option.env
      .replace(/^CODER_/, '')
      .toLowerCase()
      .replaceAll('_', '-'),
    env: option.env,
    ...(option.yaml && { yaml: option.yaml }),
    ...(option.default !== undefined && { default: option.default }),
    value: option.secret ? '' : parse(option, text ?? option.default ?? ''),
    ...(option.group && { group: { name: option.group } }),
    ...(option.secret && { annotations: { secret: 'true' } }),
    value_source: set ? 'env' : unset,
  };
}

function parse({ kind }: ServerOption, text: string): unknown {
  switch (kind) {
    case 'boolean':
      return goBoolean(text) ?? false;
    case 'number':
      return Number(text) || 0;
    case 'duration':
      return goDuration(text) ?? 0;
    case 'list':
      return text === '' ? [] : text.split(',');
    case 'json':
      return parseJson(text);
    default:
      return text;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // What was never set is null in Go.
    return null;
  }
}
