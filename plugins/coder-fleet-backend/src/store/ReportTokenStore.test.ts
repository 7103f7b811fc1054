import { timingSafeEqual } from 'node:crypto';
import { describeOnDatabases } from '../__testUtils__/databases';
import { testRegistration } from '../__testUtils__/deployments';
import { createStores } from '../__testUtils__/stores';

jest.mock('node:crypto', () => {
  const actual = jest.requireActual('node:crypto');
  return { ...actual, timingSafeEqual: jest.fn(actual.timingSafeEqual) };
});

jest.setTimeout(60_000);

const PAULA = 'user:default/paula';

describeOnDatabases('ReportTokenStore', (databases, id) => {
  async function setup() {
    const { deployments, reportTokens } = await createStores(databases, id);
    for (const name of ['alpha', 'beta']) {
      await deployments.create(testRegistration(name));
    }
    return {
      reportTokens,
      issue: (name: string) => reportTokens.issue(name, PAULA),
    };
  }

  it('lets two tokens be valid at a time, so that a rotation has no gap', async () => {
    const { reportTokens, issue } = await setup();
    const before = await issue('alpha');
    const after = await issue('alpha');
    const verify = ({ token }: typeof before) =>
      reportTokens.verify('alpha', token);
    expect(await verify(before)).toBe(before.id);
    expect(await verify(after)).toBe(after.id);
    await expect(issue('alpha')).rejects.toThrow(
      '"alpha" has 2 valid report tokens',
    );
    await reportTokens.revoke('alpha', before.id);
    expect(await verify(before)).toBeUndefined();
    expect(await verify(after)).toBe(after.id);
  });

  it('does the same comparisons for a token that is right, wrong or foreign, whatever is valid', async () => {
    const { reportTokens, issue } = await setup();
    const foreign = await issue('beta');
    const compared = jest.mocked(timingSafeEqual);
    const isConstant = async (token: string, expected?: string) => {
      compared.mockClear();
      expect(await reportTokens.verify('alpha', token)).toBe(expected);
      // Whole hashes, of which two are compared even where there is none
      expect(
        compared.mock.calls.map(hashes => hashes.map(h => h.byteLength)),
      ).toEqual([
        [32, 32],
        [32, 32],
      ]);
    };
    await isConstant(foreign.token);
    const first = await issue('alpha');
    for (const token of ['', 'cfr_', foreign.token, first.token.slice(0, -1)]) {
      await isConstant(token);
    }
    await isConstant(first.token, first.id);
    const second = await issue('alpha');
    await isConstant(first.token, first.id);
    await isConstant(second.token, second.id);
    await isConstant(foreign.token);
  });
});
