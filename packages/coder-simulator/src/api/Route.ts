import type { IncomingHttpHeaders } from 'node:http';
import type { Actor, Deployment } from '../deployment/Deployment';
import type { Reply } from './reply';

/**
 * What a handler gets to see.
 *
 * @internal
 */
export type ApiRequest = {
  deployment: Deployment;
  /** Absent on routes that anyone may call. */
  actor: Actor | undefined;
  /** Values of the `{name}` segments of the route's path. */
  parameters: Readonly<Record<string, string>>;
  query: URLSearchParams;
  body: Buffer;
  headers: IncomingHttpHeaders;
  /** How long a health report is kept, ms. */
  healthRefreshMs: number;
};

/**
 * Who may call a route: anyone, any user, or users who may read a resource. `refusal` is how others
 * are turned away: `forbidden` is a 403, `hidden` a 404 that tells nothing.
 *
 * @internal
 */
export type Access =
  'anyone' | 'member' | { read: string; refusal: 'forbidden' | 'hidden' };

/**
 * One operation of Coder's API.
 *
 * @internal
 */
export type Route = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path, `{name}` for a segment that varies. */
  path: string;
  access: Access;
  /** Not there in an OSS build. */
  enterprise?: boolean;
  /** Name of the licensed feature that it needs, as the refusal calls it. */
  feature?: string;
  handle(request: ApiRequest): Reply;
};
