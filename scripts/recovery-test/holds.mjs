import pg from 'pg';

/** An advisory lock of PostgreSQL that nothing else uses. */
const LOCK = 727_001;

/**
 * Holds a scaffolder task where the test wants to kill it: a trigger on the table of the task's events lets
 * the transaction that records a certain event wait for a lock that the test has. Nothing of the portal
 * knows of it.
 */
export class Holds {
  #client;

  static async create(databaseUrl) {
    const holds = new Holds();
    holds.#client = new pg.Client({ connectionString: databaseUrl });
    await holds.#client.connect();
    await holds.#client.query(`
      create table if not exists held_events (pattern text);
      create or replace function hold_event() returns trigger as $$
      begin
        if exists (select 1 from held_events where new.body::text like pattern) then
          perform pg_advisory_xact_lock(${LOCK});
        end if;
        return new;
      end $$ language plpgsql;
      drop trigger if exists hold_event on task_events;
      create trigger hold_event before insert on task_events
        for each row execute function hold_event();
    `);
    return holds;
  }

  /** From now on an event like this waits. */
  async hold(pattern) {
    await this.#client.query('delete from held_events');
    await this.#client.query('insert into held_events values ($1)', [pattern]);
    await this.#client.query('select pg_advisory_lock($1)', [LOCK]);
  }

  /** Whether as many events wait. */
  async isHeld(count = 1) {
    return (await this.#waiting()).length >= count;
  }

  /** What waits goes on. */
  async letGo() {
    await this.#client.query('delete from held_events');
    await this.#client.query('select pg_advisory_unlock_all()');
  }

  /** Nothing waits any more, and what waited for a process that is dead is undone. */
  async release() {
    await this.#client.query('delete from held_events');
    for (const { pid } of await this.#waiting()) {
      await this.#client.query('select pg_terminate_backend($1)', [pid]);
    }
    await this.#client.query('select pg_advisory_unlock_all()');
  }

  async close() {
    await this.#client.end();
  }

  async #waiting() {
    const { rows } = await this.#client.query(
      `select pid from pg_locks
       where locktype = 'advisory' and objid = $1 and not granted`,
      [LOCK],
    );
    return rows;
  }
}
