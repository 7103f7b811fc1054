import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What was called, with what came on standard input, and the Secrets as they were then. */
export type Call = {
  program: string;
  args: string[];
  stdin: string;
  secrets: Secrets;
};

/** Values of Secrets in clear, by name and key. */
type Secrets = Record<string, Record<string, string>>;

/** The program behind each name; the lines before it say which. */
const STAND_IN = `
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const args = process.argv.slice(2);
const line = args.join(' ');
const STORE = ROOT + '/secrets.json';
const secrets = JSON.parse(fs.readFileSync(STORE, 'utf8'));
const readsStdin = /apply|--patch-file|--stdin/.test(line);
const stdin = readsStdin ? fs.readFileSync(0, 'utf8') : '';
const note = () =>
  fs.appendFileSync(ROOT + '/calls', JSON.stringify({ program: PROGRAM, args, stdin, secrets }) + '\\n');
const keep = (name, values) => {
  secrets[name] = { ...secrets[name], ...values };
  fs.writeFileSync(STORE, JSON.stringify(secrets));
};

if (PROGRAM === 'coder') {
  fs.appendFileSync(ROOT + '/coder', JSON.stringify({ args, env: process.env }) + '\\n');
} else if (PROGRAM !== 'kubectl') {
  note();
} else if (line.includes('--dry-run=client')) {
  // The contexts of the documents are in no configuration here
  const isOfCluster = word => /^--(context|namespace)$/.test(word);
  const local = args.filter((word, i) => !isOfCluster(word) && !isOfCluster(args[i - 1]));
  // By its name this program would find itself
  const PATH = process.env.PATH.replace(ROOT + '/bin:', '');
  process.exitCode = spawnSync(KUBECTL, local, { stdio: 'inherit', env: { ...process.env, PATH } }).status;
} else if (line.includes(' get secret ')) {
  // As kubectl does: nothing, and no error, for a key that is not there
  const name = args[args.indexOf('secret') + 1];
  if (!secrets[name]) { console.error('not found'); process.exit(1); }
  const [, path] = /^jsonpath=\\{\\.data\\.(.*)\\}$/.exec(args[args.length - 1]);
  const [key, ...rest] = path.split(/(?<!\\\\)\\./).map(part => part.replace(/\\\\\\./g, '.'));
  const value = rest.length > 0 ? undefined : secrets[name][key];
  process.stdout.write(value === undefined ? '' : Buffer.from(value).toString('base64'));
} else if (line.includes(' get pods ')) {
  console.log('pod/the-primary');
} else if (line.includes(' apply ')) {
  note();
  const { metadata, data } = parse(stdin);
  keep(metadata.name, Object.fromEntries(Object.entries(data).map(([key, value]) => [key, Buffer.from(value, 'base64').toString()])));
} else if (line.includes(' patch secret ')) {
  note();
  keep(args[args.indexOf('secret') + 1], JSON.parse(stdin).stringData);
} else if (line.includes(' -- sh -c ')) {
  note();
  const env = { PATH: process.env.PATH, CODER_EXTERNAL_TOKEN_ENCRYPTION_KEYS: Object.values(secrets).map(values => values['coder.keys']).find(Boolean) };
  process.exitCode = spawnSync('sh', ['-c', args[args.length - 1].replace('/opt/coder', 'coder')], { stdio: 'inherit', env }).status;
} else {
  note();
}
`;

/**
 * A folder in which commands of the rendered documents run. `kubectl` stands in for a cluster: it keeps Secrets, runs
 * what is executed in pods, and notes the rest; what needs no cluster the real one does. `psql` and `make` are noted.
 */
export class StandInCluster {
  readonly root = mkdtempSync(join(tmpdir(), 'coder-fleet-cluster-'));

  constructor(kubectl: string) {
    mkdirSync(join(this.root, 'bin'));
    for (const program of ['kubectl', 'psql', 'make', 'coder']) {
      this.write(
        `bin/${program}`,
        [
          `#!${process.execPath}`,
          `const PROGRAM = '${program}';`,
          `const KUBECTL = ${JSON.stringify(kubectl)};`,
          `const ROOT = ${JSON.stringify(this.root)};`,
          `const { parse } = require(${JSON.stringify(require.resolve('yaml'))});`,
          STAND_IN,
        ].join('\n'),
      );
      chmodSync(join(this.root, 'bin', program), 0o755);
    }
    this.secrets = {};
  }

  get secrets(): Secrets {
    return JSON.parse(this.read('secrets.json'));
  }

  set secrets(secrets: Secrets) {
    this.write('secrets.json', JSON.stringify(secrets));
  }

  /** In the order of time. */
  get calls(): Call[] {
    return existsSync(join(this.root, 'calls'))
      ? this.read('calls')
          .trim()
          .split('\n')
          .map(line => JSON.parse(line))
      : [];
  }

  /** Runs a block of commands as a person would paste it. Returns the exit code. */
  run(block: string): number | null {
    const { status, error } = spawnSync('sh', ['-c', block], {
      cwd: this.root,
      env: { PATH: `${join(this.root, 'bin')}:${process.env.PATH}` },
      encoding: 'utf8',
      timeout: 30_000,
    });
    if (error) {
      throw error;
    }
    return status;
  }

  write(path: string, content: string): void {
    writeFileSync(join(this.root, path), content);
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), 'utf8');
  }

  has(path: string): boolean {
    return existsSync(join(this.root, path));
  }

  remove(): void {
    rmSync(this.root, { recursive: true });
  }
}
