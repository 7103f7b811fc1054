// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  const postgres = knex.client.dialect === 'postgresql';
  const name = postgres ? 'text collate "C"' : 'text';
  await knex.schema.createTable('pending_requests', table => {
    table.comment(
      'Requests that wait until somebody accepts that they deviate; times are milliseconds since 1970 UTC',
    );
    // No deployment of that name need be registered yet
    table.specificType('deployment', name).notNullable();
    table.primary(['deployment'], 'pending_requests_pk');
    table.text('owner').notNullable();
    table.text('business_unit').notNullable();
    table.text('region').notNullable();
    table.text('rules').notNullable().comment('What is to be accepted, JSON');
    table
      .text('granted')
      .notNullable()
      .comment('What was accepted, JSON: waivers once it is registered');
    table.text('requested_by').notNullable();
    table.bigInteger('requested_at').notNullable();
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('pending_requests');
};
