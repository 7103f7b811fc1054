// Prints a certificate for localhost and its key as JSON: a reverse proxy ends
// TLS, so the bundle is tested behind one.
import { CertificateAuthority } from '../../packages/coder-simulator/src/tls/CertificateAuthority';

async function main() {
  const authority = await CertificateAuthority.unknown();
  console.log(JSON.stringify(await authority.issue(['localhost'])));
}

main();
