import { X509Certificate } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import tls from 'node:tls';
import type { SecureContext } from 'node:tls';
import type { Clock } from '@coder-fleet/backstage-plugin-coder-fleet-common';

const CHECK_INTERVAL_MS = 2_000;
const CERTIFICATE =
  /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/** Newer versions of Node tell which CAs they trust; the types of the oldest one supported do not know. */
type NodeTrust = { getCACertificates?: (type: 'default') => string[] };

function defaultAuthorities(): readonly string[] {
  const listed = (tls as NodeTrust).getCACertificates?.('default');
  if (listed) {
    return listed;
  }
  const extra = process.env.NODE_EXTRA_CA_CERTS;
  try {
    // Giving a list of CAs replaces Node's own one, so the extra file would be lost.
    return extra
      ? [...tls.rootCertificates, readFileSync(extra, 'utf8')]
      : tls.rootCertificates;
  } catch {
    return tls.rootCertificates;
  }
}

function readCertificates(file: string): string[] {
  const found = readFileSync(file, 'utf8').match(CERTIFICATE) ?? [];
  found.forEach(pem => new X509Certificate(pem));
  if (found.length === 0) {
    throw new Error('no certificate');
  }
  return found;
}

function fingerprint(file: string): string {
  try {
    const { mtimeMs, ino, size } = statSync(file);
    return `${mtimeMs}:${ino}:${size}`;
  } catch {
    return 'missing';
  }
}

/**
 * The CAs that servers are checked against: Node's own and those of `files`, which are read again
 * when they change. One context serves all connections, because parsing some 150 CAs costs milliseconds.
 *
 * @internal
 */
export class TrustStore {
  readonly #files: readonly string[];
  readonly #clock: Clock;
  #context?: SecureContext;
  #fingerprint?: string;
  #checkedAt = -Infinity;
  #problems: string[] = [];

  constructor(options: { files: readonly string[]; clock: Clock }) {
    this.#files = options.files;
    this.#clock = options.clock;
  }

  /** `undefined` means Node's default. */
  secureContext(): SecureContext | undefined {
    const now = this.#clock().getTime();
    if (this.#files.length > 0 && now - this.#checkedAt >= CHECK_INTERVAL_MS) {
      this.#checkedAt = now;
      const current = this.#files.map(fingerprint).join('|');
      if (current !== this.#fingerprint) {
        this.#fingerprint = current;
        this.#load();
      }
    }
    return this.#context;
  }

  /** Files that could not be used when they were last read, in words. */
  problems(): readonly string[] {
    return this.#problems;
  }

  #load() {
    const authorities: string[] = [];
    this.#problems = [];
    for (const file of this.#files) {
      try {
        authorities.push(...readCertificates(file));
      } catch {
        this.#problems.push(
          `coderFleet.outbound.ca: ${file} cannot be read or has no valid certificate`,
        );
      }
    }
    this.#context =
      authorities.length > 0
        ? tls.createSecureContext({
            ca: [...defaultAuthorities(), ...authorities],
          })
        : undefined;
  }
}
