import type { IncomingMessage } from 'node:http';
import type { Actor, Deployment } from '../deployment/Deployment';
import { permits } from '../deployment/roles';
import { authenticate } from './authenticate';
import { landingPage } from './landingPage';
import { proxyReply } from './proxyReply';
import { rateLimited } from './rateLimited';
import {
  failure,
  FORBIDDEN,
  METHOD_NOT_ALLOWED,
  Reply,
  RESOURCE_NOT_FOUND,
  ROUTE_NOT_FOUND,
} from './reply';
import type { Route } from './Route';

type Match = { route: Route; parameters: Record<string, string> };

/**
 * A request as far as a router needs it.
 *
 * @internal
 */
export type Call = {
  deployment: Deployment;
  /** Host that was asked for, without the port. */
  host: string;
  request: IncomingMessage;
  body: Buffer;
};

/**
 * Finds the route of a request, lets the right callers through and answers.
 *
 * @internal
 */
export class Router {
  readonly #exact = new Map<string, Route[]>();
  readonly #patterns: { pattern: RegExp; route: Route }[] = [];
  readonly #healthRefreshMs: number;

  constructor(options: { routes: readonly Route[]; healthRefreshMs: number }) {
    this.#healthRefreshMs = options.healthRefreshMs;
    for (const route of options.routes) {
      this.#add(route);
    }
  }

  /** Answers a request to a deployment. */
  handle(call: Call): Reply {
    const { deployment, host, request } = call;
    const url = new URL(request.url ?? '/', 'https://host');
    const proxy = deployment.proxyOn(host);
    if (proxy) {
      return proxyReply({ deployment, proxy, path: url.pathname });
    }
    if (!isApiPath(url.pathname)) {
      return this.#route(call, url);
    }
    const limit = rateLimited(call, url);
    const reply = limit.refusal ?? this.#route(call, url);
    return { ...reply, headers: { ...reply.headers, ...limit.headers } };
  }

  #route(call: Call, url: URL): Reply {
    const { deployment, request } = call;
    const matches = this.#find(url.pathname).filter(
      ({ route }) =>
        !route.enterprise || deployment.config.edition === 'premium',
    );
    if (matches.length === 0) {
      return isApiPath(url.pathname)
        ? ROUTE_NOT_FOUND
        : landingPage(deployment);
    }
    const match = matches.find(({ route }) => route.method === request.method);
    return match ? this.#answer(match, call, url) : METHOD_NOT_ALLOWED;
  }

  #answer({ route, parameters }: Match, call: Call, url: URL): Reply {
    const { deployment, request, body } = call;
    // Coder looks at the licence first: a caller without a token gets the sales text, too.
    if (route.feature && !deployment.licensed) {
      return failure(
        403,
        `${route.feature} is a Premium feature. Contact sales!`,
      );
    }
    const handle = (actor: Actor | undefined) =>
      route.handle({
        deployment,
        actor,
        parameters,
        query: url.searchParams,
        body,
        headers: request.headers,
        healthRefreshMs: this.#healthRefreshMs,
      });
    if (route.access === 'anyone') {
      return handle(undefined);
    }
    const login = authenticate(deployment, request, url.searchParams);
    if (!login.actor) {
      return login.refusal;
    }
    if (
      typeof route.access === 'object' &&
      !permits(login.actor.roles, 'read', route.access.read)
    ) {
      return route.access.refusal === 'hidden' ? RESOURCE_NOT_FOUND : FORBIDDEN;
    }
    return handle(login.actor);
  }

  #add(route: Route): void {
    if (route.path.includes('{')) {
      const pattern = route.path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)');
      this.#patterns.push({ pattern: new RegExp(`^${pattern}$`), route });
      return;
    }
    const routes = this.#exact.get(route.path) ?? [];
    this.#exact.set(route.path, [...routes, route]);
  }

  #find(path: string): Match[] {
    const exact = this.#exact.get(path);
    if (exact) {
      return exact.map(route => ({ route, parameters: {} }));
    }
    return this.#patterns.flatMap(({ pattern, route }) => {
      const found = pattern.exec(path);
      return found ? [{ route, parameters: { ...found.groups } }] : [];
    });
  }
}

function isApiPath(path: string): boolean {
  return path === '/api/v2' || path.startsWith('/api/v2/');
}
