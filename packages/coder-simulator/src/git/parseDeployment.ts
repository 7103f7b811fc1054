import { InputError } from '@backstage/errors';
import { parse } from 'yaml';
import { z } from 'zod/v3';
import {
  DEFAULT_ACTIVE_SHARE,
  DEFAULT_BUILT_IN_PROVISIONERS,
  DEFAULT_USERS,
  DeploymentConfig,
  ProvisionerRelease,
  ProxyRelease,
  SupportLink,
} from '../deployment/DeploymentConfig';

/**
 * The files of a commit that decide what is booted.
 *
 * @internal
 */
export type DeploymentFiles = {
  /** `coder-deployment.yaml` */
  spec: string;
  /** `helm/control-plane/values.yaml` */
  values: string;
  /** `helm/provisioners/<region>/values.yaml` by region. */
  provisioners: Readonly<Record<string, string>>;
  /** `helm/proxies/<region>/values.yaml` by region. */
  proxies: Readonly<Record<string, string>>;
};

const specSchema = z.object({
  metadata: z.object({ name: z.string() }),
  spec: z.object({
    accessUrl: z.string().optional(),
    edition: z.enum(['premium', 'community']),
    release: z.object({ version: z.string().optional() }).optional(),
    users: z
      .object({
        expected: z.number().int().min(1).max(10_000).default(DEFAULT_USERS),
        activeShare: z.number().gt(0).max(1).default(DEFAULT_ACTIVE_SHARE),
      })
      .default({}),
  }),
});

/** The keys of the charts `coder` and `coder-provisioner` that a simulated server can show. */
const valuesSchema = z.object({
  coder: z.object({
    replicaCount: z.number().int().min(0).max(1000).default(1),
    image: z.object({ tag: z.string().nullish() }).nullish(),
    env: z
      .array(z.object({ name: z.string(), value: z.string().optional() }))
      .nullish(),
  }),
});

const supportLinksSchema = z.array(
  z.object({
    name: z.string(),
    target: z.string(),
    icon: z.string().optional(),
    location: z.string().optional(),
  }),
);

type Values = z.output<typeof valuesSchema>['coder'];

/**
 * Reads what was committed as Helm and Coder would. Throws an `InputError` that names the file for
 * anything that would not come up.
 *
 * @internal
 */
export function parseDeployment(files: DeploymentFiles): DeploymentConfig {
  const { metadata, spec } = read(
    'coder-deployment.yaml',
    files.spec,
    specSchema,
  );
  const file = 'helm/control-plane/values.yaml';
  const values = read(file, files.values, valuesSchema).coder;
  const env = environment(values);
  const community = spec.edition === 'community';
  return {
    name: metadata.name,
    accessUrl: origin(file, env.get('CODER_ACCESS_URL') ?? spec.accessUrl),
    wildcardAccessUrl: env.get('CODER_WILDCARD_ACCESS_URL'),
    edition: spec.edition,
    version: release(file, values.image?.tag || spec.release?.version),
    // Without a licence there is one replica, whatever is asked for.
    replicas: community
      ? Math.min(values.replicaCount, 1)
      : values.replicaCount,
    builtInProvisioners: daemonCount(
      file,
      env.get('CODER_PROVISIONER_DAEMONS'),
    ),
    provisioners: community ? [] : provisionerReleases(files.provisioners),
    proxies: community ? [] : proxyReleases(files.proxies),
    supportLinks: supportLinks(file, env.get('CODER_SUPPORT_LINKS')),
    users: spec.users.expected,
    activeShare: spec.users.activeShare,
    env: Object.fromEntries(env),
    secretEnv: (values.env ?? [])
      .filter(({ name, value }) => value === undefined && !env.has(name))
      .map(({ name }) => name),
  };
}

function provisionerReleases(
  files: Readonly<Record<string, string>>,
): ProvisionerRelease[] {
  return Object.entries(files).map(([region, text]) => {
    const file = `helm/provisioners/${region}/values.yaml`;
    const { replicaCount, image } = read(file, text, valuesSchema).coder;
    return {
      region,
      replicas: replicaCount,
      version: image?.tag ? release(file, image.tag) : undefined,
    };
  });
}

function proxyReleases(
  files: Readonly<Record<string, string>>,
): ProxyRelease[] {
  return Object.entries(files).map(([region, text]) => {
    const file = `helm/proxies/${region}/values.yaml`;
    const values = read(file, text, valuesSchema).coder;
    const env = environment(values);
    return {
      region,
      replicas: values.replicaCount,
      accessUrl: origin(file, env.get('CODER_ACCESS_URL')),
      wildcardAccessUrl: env.get('CODER_WILDCARD_ACCESS_URL'),
      version: values.image?.tag ? release(file, values.image.tag) : undefined,
    };
  });
}

function read<T extends z.ZodTypeAny>(
  file: string,
  text: string,
  schema: T,
): z.output<T> {
  let data: unknown;
  try {
    // Helm reads YAML 1.1, where an unquoted `no` is a boolean.
    data = parse(text, { version: '1.1', maxAliasCount: 100 });
  } catch (error) {
    const [firstLine] = String((error as Error).message).split('\n');
    throw new InputError(`${file} is not valid YAML: ${firstLine}`);
  }
  const parsed = schema.safeParse(data);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new InputError(`${file}: ${issue.path.join('.')}: ${issue.message}`);
  }
  return parsed.data;
}

/** As in a pod, the last of several values counts, and `$$` stands for `$`. */
function environment(values: Values): Map<string, string> {
  return new Map(
    (values.env ?? []).flatMap(({ name, value }) =>
      value === undefined
        ? []
        : [[name, value.replaceAll('$$', () => '$')] as const],
    ),
  );
}

function origin(file: string, accessUrl: string | undefined): string {
  if (!accessUrl) {
    throw new InputError(`${file}: CODER_ACCESS_URL is not set`);
  }
  if (!URL.canParse(accessUrl) || new URL(accessUrl).protocol !== 'https:') {
    throw new InputError(`${file}: CODER_ACCESS_URL is not an https URL`);
  }
  return new URL(accessUrl).origin;
}

function release(file: string, version: string | undefined): string {
  if (!version || !/^v?\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/.test(version)) {
    throw new InputError(
      `${file}: coder.image.tag does not name a release, for example v2.36.5`,
    );
  }
  return version.startsWith('v') ? version : `v${version}`;
}

function daemonCount(file: string, value: string | undefined): number {
  if (value === undefined) {
    return DEFAULT_BUILT_IN_PROVISIONERS;
  }
  if (!/^\d{1,3}$/.test(value)) {
    throw new InputError(`${file}: CODER_PROVISIONER_DAEMONS is not a count`);
  }
  return Number(value);
}

function supportLinks(file: string, value: string | undefined): SupportLink[] {
  if (!value) {
    return [];
  }
  try {
    return supportLinksSchema.parse(JSON.parse(value));
  } catch {
    throw new InputError(`${file}: CODER_SUPPORT_LINKS is not a list of links`);
  }
}
