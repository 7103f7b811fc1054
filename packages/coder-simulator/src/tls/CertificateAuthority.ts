import 'reflect-metadata';
import {
  createPrivateKey,
  KeyObject,
  randomBytes,
  webcrypto,
  X509Certificate as NodeCertificate,
} from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as x509 from '@peculiar/x509';
import { writeFileAtomic } from '../state/atomicFile';

const KEY_ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const SIGNATURE = { name: 'ECDSA', hash: 'SHA-256' } as const;
const DAY_MS = 24 * 60 * 60 * 1000;
const CA_LIFETIME_DAYS = 30 * 365;
/** Longer leaf certificates are refused by some clients. Source: Apple, HT210176. */
const LEAF_LIFETIME_DAYS = 825;
const EXPIRED_LIFETIME_DAYS = 30;

/**
 * Key and certificate of a server, PEM.
 *
 * @internal
 */
export type ServerCertificate = { key: string; cert: string };

/**
 * The private CA of the simulator: made once, kept in a folder as `ca.pem` and `ca.key` (0600).
 * Validity follows the machine's clock, because clients check it against theirs.
 *
 * @internal
 */
export class CertificateAuthority {
  readonly pem: string;
  readonly #certificate: x509.X509Certificate;
  readonly #key: webcrypto.CryptoKey;
  readonly #leafKeys: webcrypto.CryptoKeyPair;
  readonly #leafKeyPem: string;

  private constructor(options: {
    pem: string;
    key: webcrypto.CryptoKey;
    leafKeys: webcrypto.CryptoKeyPair;
  }) {
    this.pem = options.pem;
    this.#certificate = new x509.X509Certificate(options.pem);
    this.#key = options.key;
    this.#leafKeys = options.leafKeys;
    this.#leafKeyPem = toPem(options.leafKeys.privateKey);
  }

  /** Loads the CA of a folder, or makes one when there is none that fits together. */
  static async open(directory: string): Promise<CertificateAuthority> {
    x509.cryptoProvider.set(webcrypto as Crypto);
    const stored = (await load(directory)) ?? (await create(directory));
    // One key serves all leaf certificates: making one a host would cost time and hide nothing.
    const leafKeys = await generateKeys();
    return new CertificateAuthority({ ...stored, leafKeys });
  }

  /** A CA that is kept nowhere, and that nobody trusts. */
  static async unknown(): Promise<CertificateAuthority> {
    x509.cryptoProvider.set(webcrypto as Crypto);
    const keys = await generateKeys();
    const certificate = await selfSigned(keys);
    return new CertificateAuthority({
      pem: certificate.toString('pem'),
      key: keys.privateKey,
      leafKeys: await generateKeys(),
    });
  }

  /** A server certificate for some names and addresses; one that is over, when asked for. */
  async issue(
    names: readonly string[],
    options: { addresses?: readonly string[]; expired?: boolean } = {},
  ): Promise<ServerCertificate> {
    const { addresses = [], expired = false } = options;
    const certificate = await x509.X509CertificateGenerator.create({
      serialNumber: serialNumber(),
      subject: 'CN=Coder simulator',
      issuer: this.#certificate.subject,
      ...(expired
        ? validity(EXPIRED_LIFETIME_DAYS, 2 * EXPIRED_LIFETIME_DAYS)
        : validity(LEAF_LIFETIME_DAYS)),
      signingAlgorithm: SIGNATURE,
      publicKey: this.#leafKeys.publicKey,
      signingKey: this.#key,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
        new x509.SubjectAlternativeNameExtension([
          ...names.map(value => ({ type: 'dns' as const, value })),
          ...addresses.map(value => ({ type: 'ip' as const, value })),
        ]),
        await x509.AuthorityKeyIdentifierExtension.create(
          this.#certificate.publicKey,
        ),
      ],
    });
    return { key: this.#leafKeyPem, cert: certificate.toString('pem') };
  }
}

async function load(
  directory: string,
): Promise<{ pem: string; key: webcrypto.CryptoKey } | undefined> {
  try {
    const pem = await readFile(join(directory, 'ca.pem'), 'utf8');
    const keyObject = createPrivateKey(
      await readFile(join(directory, 'ca.key'), 'utf8'),
    );
    if (!new NodeCertificate(pem).checkPrivateKey(keyObject)) {
      return undefined;
    }
    const key = await webcrypto.subtle.importKey(
      'pkcs8',
      keyObject.export({ type: 'pkcs8', format: 'der' }),
      KEY_ALGORITHM,
      false,
      ['sign'],
    );
    return { pem, key };
  } catch {
    // Missing or unreadable in any way: a new CA is the remedy for all of them.
    return undefined;
  }
}

async function create(
  directory: string,
): Promise<{ pem: string; key: webcrypto.CryptoKey }> {
  const keys = await generateKeys();
  const certificate = await selfSigned(keys);
  const pem = `${certificate.toString('pem')}\n`;
  await writeFileAtomic(
    join(directory, 'ca.key'),
    toPem(keys.privateKey),
    0o600,
  );
  await writeFileAtomic(join(directory, 'ca.pem'), pem, 0o644);
  return { pem, key: keys.privateKey };
}

async function selfSigned(
  keys: webcrypto.CryptoKeyPair,
): Promise<x509.X509Certificate> {
  return x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: 'CN=Coder simulator CA, O=Coder Fleet demo',
    ...validity(CA_LIFETIME_DAYS),
    signingAlgorithm: SIGNATURE,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(
        // eslint-disable-next-line no-bitwise
        x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign,
        true,
      ),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
}

function generateKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(KEY_ALGORITHM, true, ['sign', 'verify']);
}

function toPem(key: webcrypto.CryptoKey): string {
  return KeyObject.from(key)
    .export({ type: 'pkcs8', format: 'pem' })
    .toString();
}

/** From yesterday, so that a clock that is a little behind accepts it, or from longer ago. */
function validity(
  days: number,
  daysAgo = 1,
): { notBefore: Date; notAfter: Date } {
  const start = Date.now() - daysAgo * DAY_MS;
  return {
    notBefore: new Date(start),
    notAfter: new Date(start + days * DAY_MS),
  };
}

/** Positive, as RFC 5280 asks: the first bit is 0. */
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = (bytes[0] % 0x7f) + 1;
  return bytes.toString('hex');
}
