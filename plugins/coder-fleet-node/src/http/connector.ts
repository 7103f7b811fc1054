import { buildConnector } from 'undici';
import type { HostResolver } from './HostResolver';
import { assertPort } from './ports';
import type { TrustStore } from './TrustStore';

/**
 * Connects sockets for undici, and only to ports of HTTP and addresses that the resolver lets through: a literal address
 * before the connection, a name in its lookup, and whatever was reached once more afterwards.
 *
 * @internal
 */
export function guardedConnector(options: {
  resolver: HostResolver;
  trust: TrustStore;
  connectTimeoutMs: number;
}): buildConnector.connector {
  const { resolver, trust, connectTimeoutMs } = options;
  const build = () =>
    buildConnector({
      timeout: connectTimeoutMs,
      lookup: resolver.lookup,
      secureContext: trust.secureContext(),
    });
  let context = trust.secureContext();
  let connect = build();

  return (target, callback) => {
    try {
      assertPort(target.port);
      resolver.assertHost(target.hostname);
    } catch (error) {
      // Asynchronously, as undici expects of a failed connection.
      process.nextTick(callback, error, null);
      return;
    }
    const current = trust.secureContext();
    if (current !== context) {
      context = current;
      connect = build();
    }
    connect(target, (...result) => {
      const [error, socket] = result;
      if (error) {
        callback(error, null);
        return;
      }
      try {
        resolver.assertAddress(socket.remoteAddress ?? 'unknown');
        callback(null, socket);
      } catch (refusal) {
        socket.destroy();
        callback(refusal as Error, null);
      }
    });
  };
}
