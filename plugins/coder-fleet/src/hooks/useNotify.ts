import { alertApiRef, useApiHolder } from '@backstage/core-plugin-api';
import { toastApiRef } from '@backstage/frontend-plugin-api';
import { useCallback } from 'react';

/** Long enough to read two sentences. */
const TIMEOUT_MS = 8_000;

/**
 * How something ended.
 *
 * @internal
 */
export type Notification = {
  title: string;
  detail?: string;
  status: 'success' | 'info' | 'error';
};

/**
 * Tells the user how something ended: with a toast where the app has toasts, with an alert in the
 * classic system. Failures stay until they are dismissed.
 *
 * @internal
 */
export function useNotify() {
  const apis = useApiHolder();
  return useCallback(
    ({ title, detail, status }: Notification) => {
      const failed = status === 'error';
      const toasts = apis.get(toastApiRef);
      if (toasts) {
        toasts.post({
          title,
          description: detail,
          status: failed ? 'danger' : status,
          timeout: failed ? undefined : TIMEOUT_MS,
        });
        return;
      }
      apis.get(alertApiRef)?.post({
        message: detail ? `${title}: ${detail}` : title,
        severity: status,
        display: failed ? 'permanent' : 'transient',
      });
    },
    [apis],
  );
}
