/* eslint-disable jest/no-export, jest/no-disabled-tests, jest/expect-expect -- it declares suites for the test files */
import { TestDatabases } from '@backstage/backend-test-utils';
import type { TestDatabaseId } from '@backstage/backend-test-utils';

const POSTGRES_VARIABLE =
  'BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING';

function sqliteProblem(): string | undefined {
  try {
    const Database =
      jest.requireActual<new (path: string) => { close(): void }>(
        'better-sqlite3',
      );
    new Database(':memory:').close();
    return undefined;
  } catch (error) {
    return `better-sqlite3 does not load: ${(error as Error).message.split('\n')[0]}`;
  }
}

const problems: ReadonlyArray<[TestDatabaseId, string | undefined]> = [
  ['SQLITE_3', sqliteProblem()],
  [
    'POSTGRES_18',
    process.env[POSTGRES_VARIABLE]
      ? undefined
      : `${POSTGRES_VARIABLE} is not set`,
  ],
];

/** The engines that there are here; what is skipped is said. */
export const testDatabaseIds: TestDatabaseId[] = problems.flatMap(
  ([id, problem]) => {
    if (problem) {
      process.stderr.write(`skipped on ${id}: ${problem}\n`);
    }
    return problem ? [] : [id];
  },
);

/** Call it inside of `describe`, as {@link TestDatabases} asks. */
export function createTestDatabases(): TestDatabases {
  return TestDatabases.create({ ids: testDatabaseIds, disableDocker: true });
}

/** Runs a suite once for each engine. */
export function describeOnDatabases(
  title: string,
  suite: (databases: TestDatabases, id: TestDatabaseId) => void,
): void {
  if (testDatabaseIds.length === 0) {
    describe.skip(`${title} (no database here)`, () => {
      it('needs a database', () => {});
    });
    return;
  }
  describe.each(testDatabaseIds)(`${title} on %s`, id => {
    suite(createTestDatabases(), id);
  });
}
