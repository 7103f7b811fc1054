import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/**
 * `coderFleet.outbound`: which targets may be called and whom to trust.
 *
 * @public
 */
export type OutboundConfig = {
  /** Ranges in CIDR notation beyond public unicast addresses that may be called. */
  allow: string[];
  /** Addresses of names: exact, or `*.suffix`. They go before DNS. */
  hosts: Record<string, string>;
  /** PEM files with additional CAs. Relative ones start at the working directory. */
  ca: string[];
};

function readHosts(config: Config): Record<string, string> {
  const hosts = config.getOptional('hosts') ?? {};
  if (typeof hosts !== 'object' || Array.isArray(hosts)) {
    throw new InputError(
      'coderFleet.outbound.hosts must map names to IP addresses',
    );
  }
  return Object.fromEntries(
    Object.entries(hosts as Record<string, unknown>).map(([name, address]) => [
      name,
      String(address),
    ]),
  );
}

/**
 * Reads `coderFleet.outbound`; every key is optional.
 *
 * @public
 */
export function readOutboundConfig(config: Config): OutboundConfig {
  const outbound = config.getOptionalConfig('coderFleet.outbound');
  return {
    allow: outbound?.getOptionalStringArray('allow') ?? [],
    hosts: outbound ? readHosts(outbound) : {},
    ca: outbound?.getOptionalStringArray('ca') ?? [],
  };
}
