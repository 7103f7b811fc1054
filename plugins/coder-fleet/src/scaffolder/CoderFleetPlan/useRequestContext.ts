import { useApiHolder } from '@backstage/core-plugin-api';
import { useEffect, useState } from 'react';
import { type RequestContext, requestContext } from './requestContext';

/** Long enough to finish a word. */
const TYPING_PAUSE_MS = 400;

const NOTHING_KNOWN: RequestContext = {};

/**
 * What a request under a name depends on beside its answers; nothing while that is not known yet.
 *
 * @internal
 */
export function useRequestContext(name: unknown): RequestContext {
  const apis = useApiHolder();
  const [known, setKnown] = useState<{
    name: unknown;
    context: RequestContext;
  }>();
  useEffect(() => {
    let current = true;
    const timer = setTimeout(async () => {
      const context = await requestContext(name, apis);
      if (current) {
        setKnown({ name, context });
      }
    }, TYPING_PAUSE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [apis, name]);
  return known && known.name === name ? known.context : NOTHING_KNOWN;
}
