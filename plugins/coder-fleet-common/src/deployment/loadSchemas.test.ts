import { deployment, deploymentInput } from '../__testUtils__/deployments';
import { render } from '../artifacts/render';
import { DeploymentInputError, parseDeployment } from './parse';

function problems(spec: Record<string, unknown>) {
  try {
    parseDeployment(deploymentInput(spec));
    return [];
  } catch (error) {
    if (!(error instanceof DeploymentInputError)) {
      throw error;
    }
    return error.problems.map(({ path, message }) => `${path}: ${message}`);
  }
}

describe('what a request may say of its load', () => {
  it('is optional, and adds nothing where it is not said', () => {
    const { spec } = deployment();
    expect(Object.keys(spec)).not.toContain('workspaces');
    expect(Object.keys(spec)).not.toContain('ai');
    expect(Object.keys(spec.database)).not.toContain('encryption');
  });

  it('is kept', () => {
    const workspaces = {
      running: 500,
      concurrentBuilds: 50,
      cpu: 2.5,
      memoryGiB: 6,
      nodeShape: { cpu: 16, memoryGiB: 64 },
    };
    const { spec } = deployment({ workspaces, ai: { agents: 10 } });
    expect(spec.workspaces).toEqual(workspaces);
    expect(spec.ai).toEqual({ agents: 10, gateway: false });
  });

  it.each<[string, Record<string, unknown>, string]>([
    [
      'workspaces',
      { workspaces: { running: 6001 } },
      'spec.workspaces.running: No validated architecture covers more than 6,000 workspaces that run at the same time: split the users over several deployments',
    ],
    [
      'builds',
      { workspaces: { concurrentBuilds: 601 } },
      'spec.workspaces.concurrentBuilds: No validated architecture covers more than 600 builds that run at the same time: split the users over several deployments',
    ],
    [
      'agents',
      { ai: { agents: 553 } },
      'spec.ai.agents: No validated architecture covers more than 600 builds that run at the same time: split the users over several deployments',
    ],
  ])('is refused above what was validated: %s', (_, spec, problem) => {
    expect(problems(spec)).toEqual([problem]);
  });

  it('names the active share when the people are too many', () => {
    expect(problems({ users: { expected: 10_000, activeShare: 0.7 } })).toEqual(
      [expect.stringMatching(/^spec\.users\.activeShare: .* 6,000 workspaces/)],
    );
  });

  it.each([
    [{ workspaces: { running: 0 } }, /must be at least 1$/],
    [{ workspaces: { running: 1.5 } }, /must be a whole number$/],
    [{ workspaces: { running: '7' } }, /must be a number$/],
    [{ workspaces: { running: null } }, /must be a number$/],
    [{ workspaces: { cpu: 0 } }, /CPU of a workspace must be at least 0.1$/],
    [{ workspaces: { cpu: 1e9 } }, /must be at most 1024$/],
    [{ workspaces: { memoryGiB: 0 } }, /must be at least 0.125$/],
    [{ workspaces: { nodeShape: { cpu: 4 } } }, /memory .* is required$/],
    [{ workspaces: { cpu: NaN } }, /must be a number$/],
    [{ ai: { agents: -1 } }, /must be at least 0$/],
    [{ ai: { agents: Infinity } }, /must be a whole number$/],
    [{ ai: { gateway: 'yes' } }, /either true or false$/],
    [
      { database: { type: 'external', encryption: {} } },
      /Say whether tokens in the database are encrypted$/,
    ],
  ])('refuses %j', (spec, message) => {
    expect(problems(spec)[0]).toMatch(message);
  });

  it('refuses a workspace that fits on no node', () => {
    expect(problems({ workspaces: { cpu: 9 } })).toEqual([
      'spec.workspaces: A workspace of 9 vCPU and 2 GiB does not fit on a node of 8 vCPU and 32 GiB',
    ]);
  });
});

describe('encryption of the database', () => {
  const encrypted = { type: 'external', encryption: { enabled: true } };
  const files = (spec: Record<string, unknown>) =>
    new Map(
      render(deployment(spec)).map(({ path, content }) => [path, content]),
    );
  const values = (spec: Record<string, unknown>) =>
    files(spec).get('helm/control-plane/values.yaml');

  it('brings the keys from a Secret and one vCPU more in each replica', () => {
    expect(values({})).toContain('cpu: 2000m');
    expect(values({})).not.toMatch(/keys of encryption/);
    const text = values({ database: encrypted });
    expect(text).toContain('cpu: 3000m');
    expect(text).toMatch(
      /name: CODER_EXTERNAL_TOKEN_ENCRYPTION_KEYS\n\s+valueFrom:\n\s+secretKeyRef:\n\s+key: keys\n\s+name: coder-external-token-encryption-keys\n/,
    );
  });

  it('is explained in the README, with the Secret of the request', () => {
    const keysSecret = { name: 'tokens', key: 'aes' };
    const readme = files({
      database: { ...encrypted, encryption: { enabled: true, keysSecret } },
    }).get('README.md');
    expect(readme).toContain(
      'kubectl --context eu-west-1 --namespace coder-aurora create secret generic tokens --from-file=aes=./aes',
    );
    expect(readme).toMatch(/Keep them apart from the database/);
    expect(files({}).get('README.md')).not.toMatch(/keys of encryption/);
  });

  it('does nothing when it is off', () => {
    const off = { type: 'external', encryption: { enabled: false } };
    expect(values({ database: off })?.replace(/^#.*\n/, '')).toBe(
      values({})?.replace(/^#.*\n/, ''),
    );
  });

  it('needs Premium', () => {
    expect(problems({ edition: 'community', database: encrypted })).toEqual([
      'spec.database.encryption.enabled: Encryption of tokens in the database needs Premium',
    ]);
  });
});
