import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { parse, parseAllDocuments } from 'yaml';
import { root, typescriptArgs } from './paths.mjs';

const run = promisify(execFile);

/** The part of a portal that the script talks to: sign-in and the registry. */
async function startPortal() {
  const registry = new Map();
  const requests = [];
  const faults = new Map();
  const decisions = [];
  const server = createServer(async (request, response) => {
    const chunks = await request.toArray();
    const { method, url, headers } = request;
    requests.push(`${method} ${url}`);
    const answer = (status, body) =>
      response
        .writeHead(status, { 'content-type': 'application/json' })
        .end(JSON.stringify(body));
    if (url === '/api/auth/personas/refresh') {
      answer(200, { backstageIdentity: { token: 'a-token' } });
      return;
    }
    const stopped = /^\/deployments\/([a-z]+)\/faults$/.exec(url)?.[1];
    if (stopped) {
      faults.set(stopped, JSON.parse(Buffer.concat(chunks).toString()));
      answer(200, {});
      return;
    }
    if (/^\/api\/coder-fleet\/.*\/(?:refresh|upgrade-window)$/.test(url)) {
      answer(200, {});
      return;
    }
    if (
      /^\/api\/coder-fleet\/.*\/(?:waivers|attestations\/[a-z-]+)$/.test(url)
    ) {
      decisions.push({ url, ...JSON.parse(Buffer.concat(chunks).toString()) });
      answer(method === 'POST' ? 201 : 200, {});
      return;
    }
    const name = /^\/api\/coder-fleet\/deployments\/([a-z]+)$/.exec(url)?.[1];
    if (!name || headers.authorization !== 'Bearer a-token') {
      answer(401, {});
    } else if (method === 'PUT') {
      const created = !registry.has(name);
      registry.set(name, JSON.parse(Buffer.concat(chunks).toString()));
      answer(200, { name, created, entityRef: `system:default/${name}` });
    } else {
      answer(registry.has(name) ? 200 : 404, {
        name,
        lastSeen: '2026-06-01T12:00:00Z',
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    registry,
    faults,
    decisions,
    requests,
    url: `http://127.0.0.1:${server.address().port}`,
    close: () => server.close(),
  };
}

/** The names of the demo's deployments. */
async function demoFleet() {
  const files = await readdir(join(root, 'examples/demo-fleet'));
  return files
    .map(file => file.replace('.yaml', ''))
    .filter(name => !['simulator', 'portal'].includes(name))
    .sort();
}

async function seed({ data, url }) {
  const { stdout } = await run(
    process.execPath,
    [
      ...typescriptArgs,
      join(root, 'scripts/seed-demo.ts'),
      ...['--data', data, '--backend-url', url, '--control-url', url],
    ],
    { cwd: root },
  );
  return stdout.trim().split('\n');
}

test('the demo fleet is published and registered once, and again when it was lost', async () => {
  const data = await mkdtemp(join(tmpdir(), 'coder-fleet-seed-'));
  const portal = await startPortal();
  try {
    const first = await seed({ data, url: portal.url });
    assert.deepEqual([...portal.registry.keys()].sort(), await demoFleet());
    assert.deepEqual(portal.faults.get('borealis'), { stopped: true });
    assert.deepEqual([...portal.faults.keys()].sort(), [
      ...['borealis', 'gemini', 'hydra', 'indus', 'musca', 'orion'],
    ]);
    assert.ok(
      portal.requests.includes(
        'PUT /api/coder-fleet/deployments/orion/upgrade-window',
      ),
    );
    assert.match(first[0], /^aurora: published [0-9a-f]{7}, registered$/);
    await access(join(data, 'git/aurora.git/HEAD'));
    const { deployment, repository } = portal.registry.get('aurora');
    assert.equal(
      deployment.spec.accessUrl,
      'https://aurora.coder.localhost:7443',
    );
    assert.equal(repository.location, 'aurora');
    assert.match(repository.commit, /^[0-9a-f]{40}$/);

    const waived = portal.decisions
      .filter(({ url }) => url.endsWith('/waivers'))
      .map(({ url, expiresAt }) => [
        url.split('/').at(-2),
        new Date(expiresAt) < Date.now() + 60_000 ? 'ended' : 'holds',
      ]);
    assert.deepEqual(waived, [
      ['cygnus', 'holds'],
      ['eridanus', 'ended'],
    ]);
    assert.deepEqual(
      portal.decisions.flatMap(({ holds }) => holds ?? []),
      [true, false],
    );

    portal.decisions.length = 0;
    portal.faults.clear();
    portal.requests.length = 0;
    const second = await seed({ data, url: portal.url });
    assert.match(second[0], /^aurora: in Git at .*, was registered before$/);
    assert.deepEqual(
      portal.requests.filter(request => request.startsWith('PUT')),
      [],
    );

    assert.equal(portal.faults.size, 0);
    assert.equal(portal.decisions.length, 0);

    portal.registry.delete('cygnus');
    const third = await seed({ data, url: portal.url });
    assert.match(third[2], /^cygnus: in Git at [0-9a-f]{7}, registered$/);
    assert.deepEqual(portal.registry.get('cygnus').deployment.spec.release, {
      channel: 'stable',
    });
  } finally {
    portal.close();
    await rm(data, { recursive: true, force: true });
  }
});

test('the demo fleet is twelve deployments of three units, in four regions', async () => {
  const groups = parseAllDocuments(
    await readFile(join(root, 'examples/org.yaml'), 'utf8'),
  )
    .map(document => document.toJS())
    .filter(({ kind }) => kind === 'Group')
    .map(({ metadata }) => `group:default/${metadata.name}`);
  const units = new Set();
  const regions = new Set();
  for (const name of await demoFleet()) {
    const file = join(root, `examples/demo-fleet/${name}.yaml`);
    const { metadata, spec } = parse(await readFile(file, 'utf8'));
    assert.equal(metadata.name, name);
    assert.ok(groups.includes(spec.owner), `${spec.owner} is no group`);
    units.add(spec.businessUnit);
    spec.regions.forEach(region => regions.add(region.name));
  }
  assert.deepEqual(
    [(await demoFleet()).length, units.size, regions.size],
    [12, 3, 4],
  );
});

test('a portal that does not answer is said in one line', async () => {
  const data = await mkdtemp(join(tmpdir(), 'coder-fleet-seed-'));
  await assert.rejects(
    seed({ data, url: 'http://127.0.0.1:1' }),
    /The demo is not complete: http:\/\/127\.0\.0\.1:1 does not answer/,
  );
  await rm(data, { recursive: true, force: true });
});
