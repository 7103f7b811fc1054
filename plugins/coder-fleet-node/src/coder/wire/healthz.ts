import { OutboundError } from '../../http/OutboundError';
import type { Endpoint } from './endpoint';

/**
 * Whether the process lives: `OK` as text.
 *
 * @internal
 */
export function healthzEndpoint(origin: string): Endpoint<true> {
  return {
    path: '/healthz',
    token: 'never',
    read: response => {
      if (response.text().trim() !== 'OK') {
        throw new OutboundError(
          'malformed',
          `${origin} answers /healthz with something else than OK: is it a Coder server?`,
        );
      }
      return true;
    },
  };
}
