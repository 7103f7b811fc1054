// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  const postgres = knex.client.dialect === 'postgresql';
  const name = postgres ? 'text collate "C"' : 'text';
  await knex.schema.createTable('request_approvals', table => {
    table.comment(
      'Requests that wait until somebody else approves exactly them, and what was approved and is not registered yet; times are milliseconds since 1970 UTC',
    );
    // No deployment of that name need be registered yet
    table.specificType('deployment', name).notNullable();
    table.primary(['deployment'], 'request_approvals_pk');
    table.text('owner').notNullable();
    table.text('business_unit').notNullable();
    table.text('region').notNullable();
    table
      .string('digest', 64)
      .notNullable()
      .comment('SHA-256 of what was asked for last, in hexadecimal');
    table.text('asked').notNullable().comment('What was asked for last, JSON');
    table.text('tier').notNullable();
    table.text('requested_by').notNullable();
    table.bigInteger('requested_at').notNullable();
    table
      .string('approved_digest', 64)
      .nullable()
      .comment('Of what was approved: it waits while this is another one');
    table.text('approved_by').nullable();
    table.bigInteger('approved_at').nullable();
    table.text('comment').nullable().comment('Of who approved it');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('request_approvals');
};
