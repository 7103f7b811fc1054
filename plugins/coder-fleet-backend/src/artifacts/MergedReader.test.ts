import { NotAllowedError } from '@backstage/errors';
import { testDeployment } from '../__testUtils__/deployments';
import { fakeUrlReader } from '../__testUtils__/fakeUrlReader';
import { MergedReader } from './MergedReader';

const LOCATION = 'https://git.example.com/payments/alpha';
const FILE = 'coder-deployment.yaml';

function setup() {
  const host = fakeUrlReader();
  const deployment = jest.fn(async () => testDeployment('alpha'));
  const reader = new MergedReader({
    artifacts: { deployment },
    urlReader: host,
  });
  const compare = (spec: object = {}) =>
    reader.compare(testDeployment('alpha', { ...spec }), {
      type: 'url',
      location: LOCATION,
    });
  return { host, deployment, reader, compare };
}

describe('MergedReader', () => {
  it('finds exactly what was requested, however it is written', async () => {
    const { host, compare } = setup();
    const { spec, ...rest } = testDeployment('alpha');
    const reordered = Object.fromEntries(Object.entries(spec).reverse());
    host.merge(LOCATION, {
      [FILE]: JSON.stringify({ spec: reordered, ...rest }),
      'README.md': 'Alpha',
    });
    expect(await compare()).toEqual({ status: 'same' });
    expect(await compare({ displayName: 'Another' })).toEqual({
      status: 'different',
    });
  });

  it('takes what a file leaves out for its default', async () => {
    const { host, compare } = setup();
    const { supportLinks, ...spec } = testDeployment('alpha').spec;
    expect(supportLinks).toEqual([]);
    host.merge(LOCATION, {
      [FILE]: JSON.stringify({ ...testDeployment('alpha'), spec }),
    });
    expect(await compare()).toEqual({ status: 'same' });
  });

  it('tells a branch without a deployment from one that cannot be read', async () => {
    const { host, compare } = setup();
    host.merge(LOCATION, { [`docs/${FILE}`]: '{}' });
    expect(await compare()).toEqual({ status: 'absent' });
    host.fail(LOCATION, new NotAllowedError('Reading is not allowed\nat x'));
    expect(await compare()).toEqual({
      status: 'unreadable',
      message: `${LOCATION} could not be read: Reading is not allowed`,
    });
  });

  it.each([
    ['is not found', undefined, /was not found, or this portal may not read/],
    ['is no deployment', 'kind: Nothing', /is not a valid deployment$/],
  ])(
    'says what is wrong when it %s, and nothing of what is in it',
    async (_, text, message) => {
      const { host, compare } = setup();
      if (text) {
        host.merge(LOCATION, { [FILE]: text });
      }
      expect(await compare()).toEqual({
        status: 'unreadable',
        message: expect.stringMatching(message),
      });
    },
  );

  it('leaves a file alone that is too large for a deployment', async () => {
    const { host, compare } = setup();
    host.merge(LOCATION, { [FILE]: ' '.repeat(300 * 1024) });
    expect(await compare()).toEqual({ status: 'absent' });
  });

  it('does not fetch again what did not change', async () => {
    const { host, compare } = setup();
    host.merge(LOCATION, { [FILE]: JSON.stringify(testDeployment('alpha')) });
    await compare();
    expect(await compare()).toEqual({ status: 'same' });
    expect(
      host.readTree.mock.calls.map(([, options]) => options?.etag),
    ).toEqual([undefined, 'revision-1']);
    host.merge(LOCATION, {});
    expect(await compare()).toEqual({ status: 'absent' });
  });

  it("reads the publisher's own directory without a host", async () => {
    const { host, deployment, reader } = setup();
    const repository = { type: 'directory' as const, location: 'alpha' };
    expect(await reader.compare(testDeployment('alpha'), repository)).toEqual({
      status: 'same',
    });
    expect(deployment).toHaveBeenCalledWith({ name: 'alpha', repository });
    expect(host.readTree).not.toHaveBeenCalled();
  });
});
