import { stringify } from 'yaml';

/** The files of a deployment's repository that the simulator reads. */
export function deploymentFiles(options: {
  name: string;
  tag?: string;
  replicas?: number;
  edition?: string;
  accessUrl?: string;
  env?: readonly { name: string; value: unknown }[];
  provisioners?: Readonly<Record<string, number>>;
  proxies?: Readonly<Record<string, number>>;
  users?: { expected: number; activeShare?: number };
}): Record<string, string> {
  const { name, tag = 'v2.36.5', replicas = 3, edition = 'premium' } = options;
  const accessUrl = options.accessUrl ?? `https://${name}.coder.localhost:7443`;
  const files: Record<string, string> = {
    'README.md': `# ${name}\n`,
    'coder-deployment.yaml': stringify({
      apiVersion: 'coder-fleet.io/v1alpha1',
      kind: 'CoderDeployment',
      metadata: { name },
      spec: {
        accessUrl,
        edition,
        release: { version: '2.36.5' },
        ...(options.users ? { users: options.users } : {}),
      },
    }),
    'helm/control-plane/values.yaml': stringify(
      {
        coder: {
          image: { repo: 'ghcr.io/coder/coder', tag },
          replicaCount: replicas,
          env: [
            { name: 'CODER_ACCESS_URL', value: accessUrl },
            {
              name: 'CODER_PG_CONNECTION_URL',
              valueFrom: { secretKeyRef: { name: 'coder-db-url', key: 'url' } },
            },
            ...(options.env ?? []),
          ],
        },
      },
      { version: '1.1' },
    ),
  };
  for (const [region, count] of Object.entries(options.provisioners ?? {})) {
    files[`helm/provisioners/${region}/values.yaml`] = stringify({
      coder: { replicaCount: count },
    });
  }
  for (const [region, count] of Object.entries(options.proxies ?? {})) {
    files[`helm/proxies/${region}/values.yaml`] = proxyValues({
      primary: accessUrl,
      accessUrl: `https://${region}.${name}.coder.localhost:7443`,
      replicas: count,
    });
  }
  return files;
}

function proxyValues(options: {
  primary: string;
  accessUrl: string;
  replicas: number;
}): string {
  return stringify({
    coder: {
      workspaceProxy: true,
      replicaCount: options.replicas,
      env: [
        { name: 'CODER_PRIMARY_ACCESS_URL', value: options.primary },
        { name: 'CODER_ACCESS_URL', value: options.accessUrl },
      ],
    },
  });
}
