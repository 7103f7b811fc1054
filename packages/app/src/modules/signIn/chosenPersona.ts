const KEY = 'portal.persona';

/**
 * Whom this browser tab signed in as, so that a reload does not ask again. A browser that keeps nothing
 * asks each time.
 *
 * @internal
 */
export const chosenPersona = {
  get(): string | undefined {
    try {
      return window.sessionStorage.getItem(KEY) ?? undefined;
    } catch {
      return undefined;
    }
  },
  set(name: string | undefined): void {
    try {
      if (name === undefined) {
        window.sessionStorage.removeItem(KEY);
      } else {
        window.sessionStorage.setItem(KEY, name);
      }
    } catch {
      // Asked again after a reload
    }
  },
};
