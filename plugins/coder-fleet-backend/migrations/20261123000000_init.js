// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
function isPostgres(knex) {
  return knex.client.dialect === 'postgresql';
}

/**
 * Text that both engines sort byte by byte.
 *
 * @param {import('knex').Knex} knex
 * @param {import('knex').Knex.CreateTableBuilder} table
 * @param {string} column
 */
function sortedText(knex, table, column) {
  return table.specificType(
    column,
    isPostgres(knex) ? 'text collate "C"' : 'text',
  );
}

/**
 * PostgreSQL keeps spec and plan outside of the rows: lists read many rows and no plans, and polls write
 * many. The free space lets a poll's update stay on its page, where it touches no index.
 *
 * @param {import('knex').Knex} knex
 */
async function keepRowsNarrow(knex) {
  if (isPostgres(knex)) {
    await knex.raw(
      'alter table deployments set (toast_tuple_target = 512, fillfactor = 70)',
    );
  }
}

/**
 * @param {import('knex').Knex} knex
 */
async function createDeployments(knex) {
  await knex.schema.createTable('deployments', table => {
    table.comment(
      'What was registered, and what the tracker concludes; times are milliseconds since 1970 UTC',
    );
    sortedText(knex, table, 'name').notNullable().comment('Identity');
    table.primary(['name'], 'deployments_pk');
    table.bigInteger('registered_at').notNullable();
    table.bigInteger('updated_at').notNullable();
    table.integer('planned_replicas').notNullable();
    table.bigInteger('last_seen').nullable();
    table
      .bigInteger('state_until')
      .nullable()
      .comment('From then on next_state holds, also when nobody polls');
    table.text('state').notNullable().comment('As of the last poll');
    table.text('next_state').nullable();
    sortedText(knex, table, 'display_name').notNullable();
    table
      .text('search_text')
      .notNullable()
      .comment('Name, display name and access URL in lower case');
    table.text('access_url').notNullable();
    table.text('origin').notNullable().comment('Scheme, host and port');
    sortedText(knex, table, 'owner')
      .notNullable()
      .comment('Catalog reference with kind and namespace');
    sortedText(knex, table, 'business_unit').notNullable();
    sortedText(knex, table, 'region')
      .notNullable()
      .comment('Region of the control plane');
    sortedText(knex, table, 'edition').notNullable();
    sortedText(knex, table, 'tier').notNullable();
    table.text('planned_version').notNullable();
    sortedText(knex, table, 'planned_version_sort').notNullable();
    table.text('deployment').notNullable().comment('CoderDeployment, JSON');
    table.text('plan').notNullable().comment('Plan, JSON');
    table.text('repository').nullable().comment('RepositoryRef, JSON');
    table.text('state_reason').notNullable();
    table.text('next_state_reason').nullable();
    table.text('observed_version').nullable();
    sortedText(knex, table, 'observed_version_sort').nullable();
    table.unique(['origin'], { indexName: 'deployments_origin_uniq' });
    table.index(['owner'], 'deployments_owner_idx');
    table.index(['business_unit'], 'deployments_business_unit_idx');
    table.index(['region'], 'deployments_region_idx');
  });
}

/**
 * @param {import('knex').Knex} knex
 */
async function createDueQueue(knex) {
  await knex.schema.createTable('due_queue', table => {
    table.comment(
      'Which deployment is to be polled when, and by whom: narrow, because its index changes with every poll',
    );
    sortedText(knex, table, 'deployment').notNullable();
    table.primary(['deployment'], 'due_queue_pk');
    table
      .foreign('deployment', 'due_queue_deployment_fk')
      .references('name')
      .inTable('deployments')
      .onDelete('CASCADE');
    table.bigInteger('next_due_at').notNullable();
    table
      .text('claimed_by')
      .nullable()
      .comment('Claim under which it is polled now: replica, and an id');
    table
      .bigInteger('claimed_until')
      .nullable()
      .comment('From then on others may claim it');
    table.index(['next_due_at'], 'due_queue_next_due_at_idx');
  });
}

/**
 * @param {import('knex').Knex} knex
 */
async function createFacts(knex) {
  await knex.schema.createTable('facts', table => {
    table.comment('What collectors last knew and last tried');
    sortedText(knex, table, 'deployment').notNullable();
    table.string('key', 64).notNullable();
    table.primary(['deployment', 'key'], 'facts_pk');
    table
      .foreign('deployment', 'facts_deployment_fk')
      .references('name')
      .inTable('deployments')
      .onDelete('CASCADE');
    table.text('value').nullable().comment('Value of the last success, JSON');
    table.bigInteger('observed_at').nullable().comment('Time of the value');
    table.bigInteger('attempted_at').notNullable();
    table.text('collector').notNullable();
    table.bigInteger('interval_ms').notNullable();
    table.string('status', 16).notNullable();
    table.text('message').nullable().comment('Why the last attempt failed');
  });
}

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await createDeployments(knex);
  await keepRowsNarrow(knex);
  await createDueQueue(knex);
  await createFacts(knex);
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('facts');
  await knex.schema.dropTable('due_queue');
  await knex.schema.dropTable('deployments');
};
