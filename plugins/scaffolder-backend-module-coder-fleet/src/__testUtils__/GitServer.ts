import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { HttpClient } from 'isomorphic-git';
import http from 'isomorphic-git/http/node';

/** No configuration of the machine that the tests run on. */
const ENVIRONMENT = {
  ...process.env,
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_AUTHOR_NAME: 'Joe',
  GIT_AUTHOR_EMAIL: 'joe@example.com',
  GIT_COMMITTER_NAME: 'Joe',
  GIT_COMMITTER_EMAIL: 'joe@example.com',
};

/**
 * Whether this machine has Git with its server over HTTP.
 *
 * @internal
 */
export function hasGitServer(): boolean {
  // Without a request it says so and ends; where there is no such command, Git itself ends with 1
  const { status, stdout } = spawnSync('git', ['http-backend'], {
    encoding: 'utf8',
  });
  return status !== null && `${stdout}`.startsWith('Status:');
}

/**
 * A change of a repository that somebody makes: files to write and to remove.
 *
 * @internal
 */
export type GitChange = {
  files?: Record<string, string | Buffer>;
  remove?: string[];
  links?: Record<string, string>;
};

/**
 * A real Git server over HTTP, `git http-backend`, that lets in with one password. Repositories lie under the path
 * of their address: `github.com/example/fleet.git`.
 *
 * @internal
 */
export class GitServer {
  /** Method, path and size of each request. */
  readonly requests: Array<{ method: string; path: string; bytes: number }> =
    [];
  /** The status to answer instead, while it is set. */
  status?: number;
  /** Answers nothing, while it is set. */
  silent = false;
  readonly #root = mkdtempSync(join(tmpdir(), 'coder-fleet-git-'));
  readonly #authorization: string;
  readonly #server: Server;

  constructor(options: { username: string; password: string }) {
    const { username, password } = options;
    const value = Buffer.from(`${username}:${password}`).toString('base64');
    this.#authorization = `Basic ${value}`;
    this.#server = createServer((request, response) =>
      this.#answer(request, response),
    );
  }

  async start(): Promise<void> {
    await new Promise<void>(resolve => {
      this.#server.listen(0, '127.0.0.1', resolve);
    });
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => {
      this.#server.close(resolve);
    });
    rmSync(this.#root, { recursive: true, force: true });
  }

  /** A client whose requests to any host go to this server. */
  get http(): HttpClient {
    return {
      request: ({ url, ...request }) => {
        const { host, pathname, search } = new URL(url);
        const { port } = this.#server.address() as AddressInfo;
        return http.request({
          ...request,
          url: `http://127.0.0.1:${port}/${host}${pathname}${search}`,
        });
      },
    };
  }

  /** Makes an empty repository whose default branch is to be `main`, and forgets what was. */
  create(path: string): void {
    const directory = join(this.#root, path);
    rmSync(directory, { recursive: true, force: true });
    mkdirSync(dirname(directory), { recursive: true });
    git(this.#root, 'init', '--quiet', '--bare', '-b', 'main', directory);
    this.requests.length = 0;
    this.status = undefined;
    this.silent = false;
  }

  /** A commit that somebody pushes; answers its id. */
  commit(path: string, change: GitChange, branch = 'main'): string {
    const { files = {}, links = {}, remove = [] } = change;
    const work = mkdtempSync(join(this.#root, 'work-'));
    try {
      git(work, 'init', '--quiet', '-b', branch, '.');
      git(work, 'remote', 'add', 'origin', join(this.#root, path));
      if (this.head(path, branch)) {
        git(work, 'pull', '--quiet', 'origin', branch);
      }
      for (const [file, content] of Object.entries(files)) {
        mkdirSync(dirname(join(work, file)), { recursive: true });
        writeFileSync(join(work, file), content);
      }
      for (const [file, target] of Object.entries(links)) {
        mkdirSync(dirname(join(work, file)), { recursive: true });
        execFileSync('ln', ['-s', target, join(work, file)]);
      }
      remove.forEach(file => rmSync(join(work, file)));
      git(work, 'add', '--all', '--force');
      git(work, 'commit', '--quiet', '--allow-empty', '-m', 'By hand');
      git(work, 'push', '--quiet', 'origin', `HEAD:refs/heads/${branch}`);
      return git(work, 'rev-parse', 'HEAD');
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  }

  /** The commit of a branch, if there is one. */
  head(path: string, branch = 'main'): string | undefined {
    const { stdout, status } = spawnSync(
      'git',
      [
        '--git-dir',
        join(this.#root, path),
        'rev-parse',
        '-q',
        '--verify',
        branch,
      ],
      { encoding: 'utf8', env: ENVIRONMENT },
    );
    return status === 0 ? stdout.trim() : undefined;
  }

  /** What Git says of a repository. */
  git(path: string, ...args: string[]): string {
    return git(this.#root, '--git-dir', join(this.#root, path), ...args);
  }

  /** The paths of a branch. */
  paths(path: string, branch: string): string[] {
    return this.git(path, 'ls-tree', '-r', '-z', '--name-only', branch)
      .split('\0')
      .filter(Boolean);
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const { method = 'GET', url = '', headers } = request;
    const { pathname, search } = new URL(url, 'http://localhost');
    const seen = { method, path: `${pathname}${search}`, bytes: 0 };
    this.requests.push(seen);
    request.on('data', (chunk: Buffer) => {
      seen.bytes += chunk.byteLength;
    });
    if (this.silent) {
      return;
    }
    const refused =
      this.status ?? (headers.authorization !== this.#authorization && 401);
    if (refused) {
      // What a host says of a request may repeat it
      response.writeHead(refused, { location: 'http://127.0.0.1:9/' });
      response.end(`You sent ${headers.authorization}`);
      return;
    }
    const backend = spawn('git', ['http-backend'], {
      env: {
        ...ENVIRONMENT,
        GIT_PROJECT_ROOT: this.#root,
        GIT_HTTP_EXPORT_ALL: '1',
        PATH_INFO: decodeURIComponent(pathname),
        QUERY_STRING: search.slice(1),
        REQUEST_METHOD: method,
        CONTENT_TYPE: headers['content-type'] ?? '',
        REMOTE_USER: 'portal',
        REMOTE_ADDR: '127.0.0.1',
      },
    });
    request.pipe(backend.stdin);
    const output: Buffer[] = [];
    backend.stdout.on('data', chunk => output.push(chunk));
    backend.on('close', () => respond(Buffer.concat(output), response));
  }
}

/** A CGI program writes headers, an empty line and the body. */
function respond(output: Buffer, response: ServerResponse): void {
  const end = output.indexOf('\r\n\r\n');
  const headers = new Map(
    output
      .subarray(0, end)
      .toString()
      .split('\r\n')
      .map(line => line.split(/: (.*)/s) as [string, string]),
  );
  response.statusCode = parseInt(headers.get('Status') ?? '200', 10);
  headers.delete('Status');
  headers.forEach((value, name) => response.setHeader(name, value));
  response.end(output.subarray(end + 4));
}

function git(cwd: string, ...args: string[]): string {
  return execFileSync('git', args, {
    cwd,
    encoding: 'utf8',
    env: ENVIRONMENT,
    stdio: ['ignore', 'pipe', 'pipe'],
  }).trim();
}
