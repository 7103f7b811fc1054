import { lookup as dnsLookup } from 'node:dns';
import type { LookupAddress, LookupOptions } from 'node:dns';
import { isIP } from 'node:net';
import type { LookupFunction } from 'node:net';
import { InputError } from '@backstage/errors';
import ipaddr from 'ipaddr.js';
import type { AddressPolicy } from './AddressPolicy';
import { isMetadataName } from './metadata';
import { OutboundError } from './OutboundError';

/**
 * Resolves a name to all its addresses, like `dns.lookup` with `all`.
 *
 * @public
 */
export type NameLookup = (
  name: string,
  options: LookupOptions & { all: true },
  callback: (
    error: NodeJS.ErrnoException | null,
    addresses: LookupAddress[],
  ) => void,
) => void;

function normalizeName(name: string): string {
  return name.toLocaleLowerCase('en').replace(/\.+$/, '');
}

/**
 * Turns names into addresses, by configuration first and DNS second, and lets none through that the
 * policy refuses. A name with one refused address is refused as a whole: which of its addresses gets
 * connected is not ours to choose.
 *
 * @internal
 */
export class HostResolver {
  readonly #policy: AddressPolicy;
  readonly #exact = new Map<string, LookupAddress>();
  readonly #suffixes: Array<[suffix: string, address: LookupAddress]> = [];
  readonly #lookup: NameLookup;

  /** Throws an `InputError` that names the entry of `hosts` which has no IP address. */
  constructor(options: {
    policy: AddressPolicy;
    hosts: Readonly<Record<string, string>>;
    lookup?: NameLookup;
  }) {
    this.#policy = options.policy;
    this.#lookup = options.lookup ?? dnsLookup;
    for (const [pattern, text] of Object.entries(options.hosts)) {
      if (!isIP(text)) {
        throw new InputError(
          `coderFleet.outbound.hosts["${pattern}"]: "${text}" is not an IP address`,
        );
      }
      const target = { address: text, family: isIP(text) };
      if (pattern.startsWith('*.')) {
        this.#suffixes.push([normalizeName(pattern.slice(1)), target]);
      } else {
        this.#exact.set(normalizeName(pattern), target);
      }
    }
    // The longest suffix is the most specific one.
    this.#suffixes.sort(([a], [b]) => b.length - a.length);
  }

  /** Throws when a host may not be called by its name, or is an address that may not be called. */
  assertHost(hostname: string): void {
    const name = normalizeName(hostname);
    if (isMetadataName(name)) {
      throw new OutboundError(
        'refused',
        `${name} hands out cloud credentials and is never called`,
      );
    }
    if (ipaddr.isValid(name)) {
      this.assertAddress(name);
    }
  }

  /** Throws when an address may not be called. */
  assertAddress(address: string, name?: string): void {
    const refusal = this.#policy.refusal(address);
    if (refusal) {
      const where = name ? `${name} leads to an address not to call: ` : '';
      throw new OutboundError('refused', `${where}${refusal}`);
    }
  }

  /** In the shape that `net.connect` takes as `lookup`. */
  readonly lookup: LookupFunction = (hostname, options, callback) => {
    const answer = (addresses: LookupAddress[]) => {
      try {
        this.assertHost(hostname);
        addresses.forEach(({ address }) =>
          this.assertAddress(address, hostname),
        );
      } catch (error) {
        callback(error as OutboundError, '', 0);
        return;
      }
      if (options.all) {
        callback(null, addresses);
      } else {
        callback(null, addresses[0].address, addresses[0].family);
      }
    };
    const configured = this.#configured(normalizeName(hostname));
    if (configured) {
      process.nextTick(answer, [configured]);
      return;
    }
    this.#lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error || addresses.length === 0) {
        callback(
          new OutboundError(
            'dns',
            `${hostname} has no address (${error?.code ?? 'ENODATA'}); check the name, or give its address in coderFleet.outbound.hosts`,
            error?.code,
          ),
          '',
          0,
        );
      } else {
        answer(addresses);
      }
    });
  };

  #configured(name: string): LookupAddress | undefined {
    return (
      this.#exact.get(name) ??
      this.#suffixes.find(([suffix]) => name.endsWith(suffix))?.[1]
    );
  }
}
