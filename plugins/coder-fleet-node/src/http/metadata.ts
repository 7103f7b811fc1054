import { METADATA_ADDRESSES } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import ipaddr from 'ipaddr.js';

const ADDRESSES: ReadonlySet<string> = new Set(
  METADATA_ADDRESSES.map(({ ip }) => ip),
);

const METADATA_NAMES: ReadonlySet<string> = new Set([
  'metadata',
  'metadata.google.internal',
  'metadata.goog',
  'metadata.azure.internal',
  'metadata.azure.com',
  'metadata.tencentyun.com',
  'metadata.platformequinix.com',
  'instance-data',
  'instance-data.ec2.internal',
]);

const NAT64 = ipaddr.parseCIDR('64:ff9b::/96');
const NAT64_LOCAL = ipaddr.parseCIDR('64:ff9b:1::/48');
const SIX_TO_FOUR = ipaddr.parseCIDR('2002::/16');
const COMPATIBLE = ipaddr.parseCIDR('::/96');
const TRANSLATED = ipaddr.parseCIDR('::ffff:0:0:0/96');

/** IPv4 addresses that a gateway may take out of an IPv6 address. */
function embeddedIpv4(address: ipaddr.IPv6): string[] {
  const bytes = address.toByteArray();
  const pick = (...at: number[]) => at.map(i => bytes[i]).join('.');
  const last = pick(12, 13, 14, 15);
  if (address.match(SIX_TO_FOUR)) {
    return [pick(2, 3, 4, 5)];
  }
  if (address.match(NAT64_LOCAL)) {
    // RFC 6052: a /48 prefix puts the address around byte 8, a /96 prefix at the end.
    return [pick(6, 7, 9, 10), last];
  }
  return [NAT64, COMPATIBLE, TRANSLATED].some(range => address.match(range))
    ? [last]
    : [];
}

/**
 * Whether an address, or one packed into it, hands out a machine's credentials.
 *
 * @internal
 */
export function isMetadataAddress(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  const candidates = [address.toString()];
  if (address instanceof ipaddr.IPv6) {
    candidates.push(...embeddedIpv4(address));
  }
  return candidates.some(candidate => ADDRESSES.has(candidate));
}

/**
 * Whether a host name, lower case and without a final dot, is known to lead to metadata.
 *
 * @internal
 */
export function isMetadataName(name: string): boolean {
  return METADATA_NAMES.has(name);
}
