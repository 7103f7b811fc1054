import { parseAllDocuments } from 'yaml';
import { GOLDEN } from '../../__testUtils__/golden';
import { render } from '../render';

const [, golden] = GOLDEN.find(([name]) => name === 'multi-region')!;

/** The HelmReleases of all clusters. */
const releases = render(golden)
  .filter(({ path }) => /^clusters\/.*\/flux\.yaml$/.test(path))
  .flatMap(({ content }) =>
    parseAllDocuments(content).map(document => document.toJS()),
  )
  .filter(({ kind }) => kind === 'HelmRelease');

const isControlPlane = ({ metadata }: { metadata: { name: string } }) =>
  metadata.name === 'golden-multi';

it('fails no install because a key, a Secret or a node comes later', () => {
  expect(releases.length).toBeGreaterThan(9);
  for (const { metadata, spec } of releases) {
    expect([metadata.name, spec.install]).toEqual([
      metadata.name,
      { disableWait: true, remediation: { retries: -1 } },
    ]);
  }
});

it('waits for an upgrade of the control plane alone, and takes none back', () => {
  expect(releases.filter(isControlPlane)).toHaveLength(1);
  for (const release of releases) {
    expect([release.metadata.name, release.spec.upgrade]).toEqual([
      release.metadata.name,
      {
        ...(!isControlPlane(release) && { disableWait: true }),
        remediation: { retries: 0 },
      },
    ]);
  }
});
