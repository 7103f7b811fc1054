import { useEffect } from 'react';

/** Shorter than anybody takes to reload, longer than between two keys. */
const DELAY_MS = 300;

/**
 * Keeps the answers in the address as `?formData=`, from which the scaffolder fills a form: a reload
 * loses nothing, and a form half filled in can be handed on.
 *
 * @internal
 */
export function useMirroredForm(answers: string): void {
  useEffect(() => {
    if (answers === '{}') {
      return undefined;
    }
    const timer = setTimeout(() => {
      const address = new URL(window.location.href);
      address.searchParams.set('formData', answers);
      // Not a step of the history: going back leaves the form
      window.history.replaceState(window.history.state, '', address);
    }, DELAY_MS);
    return () => clearTimeout(timer);
  }, [answers]);
}
