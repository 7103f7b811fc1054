import { symlinkSync } from 'node:fs';
import { createMockDirectory } from '@backstage/backend-test-utils';
import { render } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { deploymentOf } from '../__testUtils__/deployments';
import { runAction } from '../__testUtils__/runAction';
import { createCheckAction } from './check';

const workspace = createMockDirectory();

function write(
  change: (path: string, content: string) => string = (_, c) => c,
) {
  workspace.setContent(
    Object.fromEntries(
      render(deploymentOf()).map(({ path, content }) => [
        path,
        change(path, content),
      ]),
    ),
  );
}

const run = (input: object = {}, log: string[] = []) =>
  runAction(createCheckAction(), {
    workspacePath: workspace.path,
    input,
    log,
  });

/** Changes made by hand, and the rule that notices each. */
const BREAKS: Array<[string, string, (path: string, text: string) => string]> =
  [
    [
      'CVA-TOP-001',
      'fewer replicas',
      (path, text) =>
        path === 'helm/control-plane/values.yaml'
          ? text.replace(/replicaCount: \d+/, 'replicaCount: 1')
          : text,
    ],
    [
      'CVA-DB-001',
      'a connection URL in plain text',
      (path, text) =>
        path === 'helm/control-plane/values.yaml'
          ? text.replace(
              /- name: CODER_PG_CONNECTION_URL\n\s+valueFrom:\n\s+secretKeyRef:\n\s+key: \S+\n\s+name: \S+/,
              '- name: CODER_PG_CONNECTION_URL\n      value: postgres://db/coder',
            )
          : text,
    ],
    [
      'CVA-NET-001',
      'no way to PostgreSQL',
      (path, text) =>
        path === 'kubernetes/control-plane/network-policies.yaml'
          ? text.replace(/port: 5432/g, 'port: 5433')
          : text,
    ],
  ];

describe('coder-fleet:check', () => {
  it('passes what was rendered', async () => {
    write();
    const { outputs, log } = await run();
    expect(log.length).toBeGreaterThan(5);
    expect(outputs.findings).toContainEqual(
      expect.objectContaining({ rule: 'CVA-TOP-001', verdict: 'pass' }),
    );
  });

  it.each(BREAKS)('stops with %s at %s', async (rule, _, change) => {
    write(change);
    await expect(run()).rejects.toThrow(new RegExp(`aurora fails .*${rule}: `));
  });

  it('goes on past what is less severe than asked for', async () => {
    write(BREAKS[0][2]);
    await expect(run({ failOn: 'critical' })).resolves.toBeDefined();
  });

  it('says that there is nothing to judge', async () => {
    workspace.setContent({ 'README.md': '' });
    await expect(run()).rejects.toThrow(/There is no coder-deployment.yaml/);
  });

  it('leaves the workspace neither by path nor by link', async () => {
    write();
    await expect(run({ sourcePath: '../..' })).rejects.toThrow(
      /not within|outside|Relative path/i,
    );
    symlinkSync('/etc/passwd', workspace.resolve('passwd'));
    await expect(run()).rejects.toThrow(/outside its parent/);
  });
});
