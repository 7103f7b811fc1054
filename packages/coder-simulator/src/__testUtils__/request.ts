import type { IncomingHttpHeaders } from 'node:http';
import { Agent, request as httpsRequest, RequestOptions } from 'node:https';
import type { CoderSimulator } from '../CoderSimulator';

/** An answer of a simulated deployment. */
export type Answer = {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
  json(): any; // eslint-disable-line @typescript-eslint/no-explicit-any
};

/** What a test sends. `host` is where it pretends to go; the address is always 127.0.0.1. */
export type Call = {
  host: string;
  path?: string;
  method?: string;
  token?: string;
  /** Server name of the handshake, `host` by default. */
  serverName?: string;
  headers?: Record<string, string>;
  agent?: Agent;
  body?: string;
  /** Takes no more of the body than this, bytes. */
  enough?: number;
};

/** Sends a request; the certificate must be signed by the simulator's CA for the server name. */
export function send(simulator: CoderSimulator, call: Call): Promise<Answer> {
  const options: RequestOptions = {
    host: '127.0.0.1',
    port: simulator.port,
    servername: call.serverName ?? call.host,
    ca: simulator.caPem,
    agent: call.agent ?? false,
    path: call.path ?? '/',
    method: call.method ?? 'GET',
    headers: {
      host: `${call.host}:${simulator.port}`,
      ...(call.token ? { 'coder-session-token': call.token } : {}),
      ...call.headers,
    },
  };
  return new Promise((resolve, reject) => {
    const request = httpsRequest(options, response => {
      const chunks: Buffer[] = [];
      let size = 0;
      const finish = () => {
        const body = Buffer.concat(chunks).toString('utf8');
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body,
          json: () => JSON.parse(body),
        });
      };
      response.on('error', reject);
      response.on('end', finish);
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        size += chunk.length;
        if (call.enough !== undefined && size >= call.enough) {
          finish();
          request.destroy();
        }
      });
    });
    request.on('error', reject);
    request.end(call.body);
  });
}
