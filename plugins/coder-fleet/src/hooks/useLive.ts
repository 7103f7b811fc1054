import { useRef } from 'react';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { useClock } from '../time';
import { usePolling } from './usePolling';

/**
 * What is known of something that changes by itself.
 *
 * @internal
 */
export type Live<T> = {
  /** The last answer; a failed attempt does not take it away. */
  value?: T;
  /** Why the last attempt failed. */
  error?: Error;
  /** Nothing is known yet. */
  loading: boolean;
  /** When `value` was answered. */
  updatedAt?: Date;
  /** Asks again at once. */
  reload: () => void;
};

/**
 * Loads a value and keeps it fresh. `key` says what it is a value of: under another key nothing of
 * the old one is shown.
 *
 * @internal
 */
export function useLive<T>(load: () => Promise<T>, key: string): Live<T> {
  const clock = useClock();
  const { value, error, loading, retry } = useAsyncRetry(async () => {
    const data = await load();
    return { key, data, updatedAt: clock() };
  }, [key]);

  const known = useRef<typeof value>();
  if (value) {
    known.current = value;
  }
  const current = known.current?.key === key ? known.current : undefined;

  usePolling(() => {
    if (!loading) {
      retry();
    }
  });

  return {
    value: current?.data,
    updatedAt: current?.updatedAt,
    error,
    loading: loading && !current,
    reload: retry,
  };
}
