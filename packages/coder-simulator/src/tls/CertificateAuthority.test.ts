import { X509Certificate } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { removeFolders, temporaryFolder } from '../__testUtils__/folders';
import { CertificateAuthority } from './CertificateAuthority';
import { LeafCertificates } from './LeafCertificates';

describe('CertificateAuthority', () => {
  afterEach(removeFolders);

  it('signs certificates for servers only, which it vouches for', async () => {
    const authority = await CertificateAuthority.open(await temporaryFolder());
    const ca = new X509Certificate(authority.pem);
    const { cert } = await authority.issue(['*.coder.localhost']);
    const leaf = new X509Certificate(cert);
    expect(ca.ca).toBe(true);
    expect(leaf.ca).toBe(false);
    expect(leaf.verify(ca.publicKey)).toBe(true);
    expect(leaf.checkHost('aurora.coder.localhost')).toBeDefined();
    expect(leaf.checkHost('a.b.coder.localhost')).toBeUndefined();
  });

  it('makes a new CA when the stored parts do not fit together', async () => {
    const [one, other] = [await temporaryFolder(), await temporaryFolder()];
    const first = await CertificateAuthority.open(one);
    await writeFile(
      join(one, 'ca.pem'),
      (await CertificateAuthority.open(other)).pem,
    );
    const again = await CertificateAuthority.open(one);
    expect(again.pem).not.toBe(first.pem);
    expect((await CertificateAuthority.open(one)).pem).toBe(again.pem);
  });

  it('shares one certificate among all hosts of the default domain', async () => {
    const authority = await CertificateAuthority.open(await temporaryFolder());
    const issue = jest.spyOn(authority, 'issue');
    const leaves = await LeafCertificates.create(authority);
    issue.mockClear();
    const contexts = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        leaves.contextFor(`d${index}.coder.localhost`),
      ),
    );
    expect(new Set(contexts).size).toBe(1);
    expect(issue).toHaveBeenCalledTimes(1);
    await leaves.contextFor('app.aurora.coder.localhost');
    expect(issue).toHaveBeenLastCalledWith(['app.aurora.coder.localhost']);
  });
});
