import { describeOnDatabases } from '../__testUtils__/databases';
import { migrationsDirectory } from './migrate';

jest.setTimeout(60_000);

const TABLES = [
  'deployments',
  'due_queue',
  'facts',
  'waivers',
  'attestations',
  'evaluations',
  'pending_requests',
  'report_tokens',
  'backup_records',
  'restore_drills',
  'request_approvals',
];

describeOnDatabases('migrations', (databases, id) => {
  it('go up, down without a trace, and up again', async () => {
    const client = await databases.init(id);
    const migrate = client.migrate;
    const directory = migrationsDirectory();
    const existing = async () => {
      const known = await Promise.all(
        TABLES.map(table => client.schema.hasTable(table)),
      );
      return TABLES.filter((_, index) => known[index]);
    };

    await migrate.latest({ directory });
    expect(await existing()).toEqual(TABLES);
    await migrate.rollback({ directory }, true);
    expect(await existing()).toEqual([]);
    await migrate.latest({ directory });
    expect(await existing()).toEqual(TABLES);
    await client.destroy();
  });
});
