import { createSecureContext, SecureContext } from 'node:tls';
import { CertificateAuthority } from './CertificateAuthority';
import type { ServerCertificate } from './CertificateAuthority';

/**
 * Parent of the demo's hosts: `<name>.coder.localhost`.
 *
 * @internal
 */
export const DEFAULT_DOMAIN = 'coder.localhost';

/**
 * What is wrong with a certificate: its CA, its time or its name.
 *
 * @internal
 */
export type CertificateProblem = 'untrusted' | 'expired' | 'wrong-name';

/** Names outside the default domain for which a certificate is kept. */
const MAX_CONTEXTS = 500;

/**
 * Certificates by server name. All hosts of the default domain share one wildcard certificate; any
 * other name gets one on demand, so that the handshake succeeds for every name.
 *
 * @internal
 */
export class LeafCertificates {
  /** Sent to clients that name no server. */
  readonly fallback: ServerCertificate;
  readonly #authority: CertificateAuthority;
  readonly #contexts = new Map<string, Promise<SecureContext>>();

  private constructor(
    authority: CertificateAuthority,
    fallback: ServerCertificate,
  ) {
    this.#authority = authority;
    this.fallback = fallback;
  }

  static async create(
    authority: CertificateAuthority,
  ): Promise<LeafCertificates> {
    const fallback = await authority.issue(
      ['localhost', `*.${DEFAULT_DOMAIN}`],
      { addresses: ['127.0.0.1', '::1'] },
    );
    return new LeafCertificates(authority, fallback);
  }

  /** The certificate for a server name, ready for the handshake. */
  contextFor(serverName: string): Promise<SecureContext> {
    const name = certificateName(serverName);
    let context = this.#contexts.get(name);
    if (!context) {
      context = this.#authority.issue([name]).then(createSecureContext);
      this.#contexts.set(name, context);
      this.#evict();
    }
    return context;
  }

  /** A certificate for a server name that no careful client accepts. */
  async wrongContextFor(
    serverName: string,
    problem: CertificateProblem,
  ): Promise<SecureContext> {
    const name = certificateName(serverName);
    switch (problem) {
      case 'untrusted': {
        const stranger = await CertificateAuthority.unknown();
        return createSecureContext(await stranger.issue([name]));
      }
      case 'expired':
        return createSecureContext(
          await this.#authority.issue([name], { expired: true }),
        );
      default:
        return createSecureContext(
          await this.#authority.issue(['elsewhere.invalid']),
        );
    }
  }

  #evict(): void {
    if (this.#contexts.size > MAX_CONTEXTS) {
      const [oldest] = this.#contexts.keys();
      this.#contexts.delete(oldest);
    }
  }
}

function certificateName(serverName: string): string {
  const name = serverName.toLowerCase();
  const [, ...parent] = name.split('.');
  return parent.join('.') === DEFAULT_DOMAIN ? `*.${DEFAULT_DOMAIN}` : name;
}
