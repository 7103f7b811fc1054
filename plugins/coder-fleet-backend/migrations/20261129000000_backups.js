// @ts-check

/**
 * @param {import('knex').Knex} knex
 * @param {import('knex').Knex.CreateTableBuilder} table
 * @param {string} name
 */
function ofDeployment(knex, table, name) {
  const postgres = knex.client.dialect === 'postgresql';
  table
    .specificType('deployment', postgres ? 'text collate "C"' : 'text')
    .notNullable();
  table
    .foreign('deployment', `${name}_deployment_fk`)
    .references('name')
    .inTable('deployments')
    .onDelete('CASCADE');
}

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('report_tokens', table => {
    table.comment(
      'Tokens with which backup jobs report; times are milliseconds since 1970 UTC',
    );
    table.string('id', 36).notNullable();
    table.primary(['id'], 'report_tokens_pk');
    ofDeployment(knex, table, 'report_tokens');
    table
      .string('token_hash', 64)
      .notNullable()
      .comment('SHA-256, in hexadecimal: the token itself is kept nowhere');
    table.text('created_by').notNullable();
    table.bigInteger('created_at').notNullable();
    table.bigInteger('last_used_at').nullable();
    table.index(['deployment'], 'report_tokens_deployment_idx');
  });
  for (const name of ['backup_records', 'restore_drills']) {
    await knex.schema.createTable(name, table => {
      table.comment('What was reported of runs, as it was reported');
      ofDeployment(knex, table, name);
      table.string('run_id', 100).notNullable();
      table.primary(['deployment', 'run_id'], `${name}_pk`);
      table.bigInteger('finished_at').notNullable();
      table.bigInteger('reported_at').notNullable();
      table.text('record').notNullable().comment('JSON');
      table.index(['deployment', 'finished_at'], `${name}_finished_idx`);
    });
  }
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('restore_drills');
  await knex.schema.dropTable('backup_records');
  await knex.schema.dropTable('report_tokens');
};
