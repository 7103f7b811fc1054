import { InputError } from '@backstage/errors';
import ipaddr from 'ipaddr.js';
import { isMetadataAddress } from './metadata';

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Range = [Address, number];

/** Everything that was ever handed out for the public Internet is in here (RFC 4291). */
const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR('2000::/3');

const IPV4_MAPPED_BITS = 96;

function parseRange(text: string): Range {
  if (!text.includes('/')) {
    const address = ipaddr.process(text);
    return [address, address.kind() === 'ipv4' ? 32 : 128];
  }
  const [address, bits] = ipaddr.parseCIDR(text);
  if (
    address instanceof ipaddr.IPv6 &&
    address.isIPv4MappedAddress() &&
    bits >= IPV4_MAPPED_BITS
  ) {
    return [address.toIPv4Address(), bits - IPV4_MAPPED_BITS];
  }
  return [address, bits];
}

function contains(range: Range, address: Address): boolean {
  const [network, bits] = range;
  if (network instanceof ipaddr.IPv4) {
    return address instanceof ipaddr.IPv4 && address.match(network, bits);
  }
  return address instanceof ipaddr.IPv6 && address.match(network, bits);
}

function isPublic(address: Address): boolean {
  return (
    address.range() === 'unicast' &&
    (address instanceof ipaddr.IPv4 || address.match(GLOBAL_IPV6))
  );
}

/**
 * Decides which addresses may be called: public unicast, and what `allow` adds to it.
 * Cloud metadata is refused whatever `allow` says.
 *
 * @internal
 */
export class AddressPolicy {
  readonly #allow: readonly Range[];

  private constructor(allow: readonly Range[]) {
    this.#allow = allow;
  }

  /** Throws an `InputError` that names the entry which is neither an address nor a CIDR. */
  static create(options: { allow: readonly string[] }): AddressPolicy {
    return new AddressPolicy(
      options.allow.map((text, index) => {
        try {
          return parseRange(text.trim());
        } catch {
          throw new InputError(
            `coderFleet.outbound.allow[${index}]: "${text}" is not a range of addresses such as 10.0.0.0/8 or fd00::/8`,
          );
        }
      }),
    );
  }

  /** Why an address (in any notation) may not be called; `undefined` when it may. */
  refusal(text: string): string | undefined {
    if (!ipaddr.isValid(text)) {
      return `${text} is not an IP address`;
    }
    // `process` turns ::ffff:a.b.c.d into a.b.c.d, which is where the packets go.
    const address = ipaddr.process(text);
    if (isMetadataAddress(address)) {
      return `${address} hands out cloud credentials and is never called, whatever coderFleet.outbound.allow says`;
    }
    if (
      isPublic(address) ||
      this.#allow.some(range => contains(range, address))
    ) {
      return undefined;
    }
    const bits = address.kind() === 'ipv4' ? 32 : 128;
    return `${address} is not a public address (${address.range()}); if it may be called, add ${address}/${bits} to coderFleet.outbound.allow`;
  }
}
