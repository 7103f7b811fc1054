import { toError } from '@backstage/errors';
import useAsyncFn from 'react-use/esm/useAsyncFn';
import { useNotify } from './useNotify';

/**
 * Makes a change when it is called, and tells the user how it ended.
 *
 * @internal
 */
export function useChange(options: {
  work: () => Promise<unknown>;
  /** Title of the message after it. */
  done: string;
  /** Title of the message when it failed. */
  failed: string;
  /** Called after it, unless it failed. */
  onDone: () => void;
}): { pending: boolean; change: () => void } {
  const { work, done, failed, onDone } = options;
  const notify = useNotify();
  const [{ loading }, change] = useAsyncFn(async () => {
    try {
      await work();
    } catch (error) {
      notify({
        title: failed,
        detail: toError(error).message,
        status: 'error',
      });
      return;
    }
    notify({ title: done, status: 'success' });
    onDone();
  }, [done, failed, notify, onDone, work]);
  return { pending: loading, change };
}
