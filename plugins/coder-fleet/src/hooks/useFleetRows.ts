import { useApi } from '@backstage/core-plugin-api';
import { toError } from '@backstage/errors';
import type {
  DeploymentSummary,
  Page,
} from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { useCallback, useEffect, useRef, useState } from 'react';
import { coderFleetApiRef } from '../api';
import { useClock } from '../time';
import type { FleetQuery } from './useFleetQuery';
import { usePolling } from './usePolling';

/**
 * Rows that one request brings.
 *
 * @internal
 */
export const PAGE_SIZE = 100;

/** Rows that are only scrolled past are not asked for. */
const SCROLL_SETTLE_MS = 100;

type Loaded = {
  /** Which query the pages answer. */
  key: string;
  pages: ReadonlyMap<number, DeploymentSummary[]>;
  totalItems: number;
  updatedAt: Date;
};

/**
 * The rows of the fleet that answer a query. Only pages that are looked at are loaded and refreshed.
 *
 * @internal
 */
export type FleetRows = {
  totalItems: number;
  /** `undefined` while its page has not arrived. */
  rowAt: (index: number) => DeploymentSummary | undefined;
  /** Says which rows are on screen. */
  show: (firstIndex: number, lastIndex: number) => void;
  /** Nothing was loaded yet. */
  loading: boolean;
  /** The rows still answer the query before. */
  outdated: boolean;
  /** Why the last attempt failed; the rows of the one before stay. */
  error?: Error;
  updatedAt?: Date;
  reload: () => void;
};

/**
 * Loads the rows that answer `query`, page by page as they come on screen, and keeps those fresh.
 *
 * @internal
 */
export function useFleetRows(query: FleetQuery): FleetRows {
  const key = JSON.stringify(query);
  const { loaded, failure, load } = usePages(key);
  const [seen, setSeen] = useState({ key, first: 0, last: 0 });
  const { first, last } = seen.key === key ? seen : { first: 0, last: 0 };

  const show = useCallback(
    (firstIndex: number, lastIndex: number) => {
      const next = {
        key,
        first: Math.floor(firstIndex / PAGE_SIZE),
        last: Math.floor(Math.max(firstIndex, lastIndex) / PAGE_SIZE),
      };
      setSeen(before =>
        before.key === key &&
        before.first === next.first &&
        before.last === next.last
          ? before
          : next,
      );
    },
    [key],
  );

  const current = loaded?.key === key ? loaded : undefined;
  useEffect(() => {
    const missing = range(first, last).filter(
      page => !current?.pages.has(page),
    );
    if (missing.length === 0) {
      return undefined;
    }
    const timer = setTimeout(
      () => load(missing),
      current ? SCROLL_SETTLE_MS : 0,
    );
    return () => clearTimeout(timer);
  }, [current, first, last, load]);

  const reload = useCallback(
    () => load(range(first, last)),
    [first, last, load],
  );
  usePolling(reload);

  return {
    totalItems: loaded?.totalItems ?? 0,
    rowAt: index =>
      loaded?.pages.get(Math.floor(index / PAGE_SIZE))?.[index % PAGE_SIZE],
    show,
    loading: !loaded && failure?.key !== key,
    outdated: Boolean(loaded) && !current,
    error: failure?.key === key ? failure.error : undefined,
    updatedAt: loaded?.updatedAt,
    reload,
  };
}

/** The pages that were loaded, and how to load more of them. */
function usePages(key: string) {
  const api = useApi(coderFleetApiRef);
  const clock = useClock();
  const [loaded, setLoaded] = useState<Loaded>();
  const [failure, setFailure] = useState<{ key: string; error: Error }>();
  const inFlight = useRef(new Map<number, AbortController>());

  // Answers to a query that nobody asks any more are dropped.
  useEffect(() => {
    const requests = inFlight.current;
    return () => {
      requests.forEach(controller => controller.abort());
      requests.clear();
    };
  }, [key]);

  const loadPage = useCallback(
    async (page: number) => {
      const controller = new AbortController();
      inFlight.current.set(page, controller);
      try {
        const answer = await api.listDeployments(
          { ...JSON.parse(key), limit: PAGE_SIZE, offset: page * PAGE_SIZE },
          { signal: controller.signal },
        );
        if (!controller.signal.aborted) {
          const arrived = { key, page, answer, updatedAt: clock() };
          setLoaded(before => merge(before, arrived));
          setFailure(undefined);
        }
      } catch (error) {
        if (!controller.signal.aborted) {
          setFailure({ key, error: toError(error) });
        }
      } finally {
        if (inFlight.current.get(page) === controller) {
          inFlight.current.delete(page);
        }
      }
    },
    [api, clock, key],
  );

  const load = useCallback(
    (pages: number[]) =>
      pages.filter(page => !inFlight.current.has(page)).forEach(loadPage),
    [loadPage],
  );
  return { loaded, failure, load };
}

function merge(
  before: Loaded | undefined,
  arrived: {
    key: string;
    page: number;
    answer: Page<DeploymentSummary>;
    updatedAt: Date;
  },
): Loaded {
  const { key, page, answer, updatedAt } = arrived;
  const pages = new Map(before?.key === key ? before.pages : []);
  pages.set(page, answer.items);
  return { key, pages, totalItems: answer.totalItems, updatedAt };
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}
