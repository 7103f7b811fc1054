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
  await knex.schema.alterTable('deployments', table => {
    table
      .text('upgrade_window')
      .nullable()
      .comment(
        'UpgradeWindow, JSON: declared by somebody, holds until its end',
      );
  });
  await knex.schema.createTable('waivers', table => {
    table.comment(
      'Accepted deviations; times are milliseconds since 1970 UTC. Expired ones stay, as evidence',
    );
    table.string('id', 36).notNullable();
    table.primary(['id'], 'waivers_pk');
    ofDeployment(knex, table, 'waivers');
    table.string('rule', 32).notNullable();
    table.text('reason').notNullable();
    table.text('granted_by').notNullable();
    table.bigInteger('granted_at').notNullable();
    table.bigInteger('expires_at').notNullable();
    table.index(['deployment'], 'waivers_deployment_idx');
  });
  await knex.schema.createTable('attestations', table => {
    table.comment('What people said that no collector can see');
    ofDeployment(knex, table, 'attestations');
    table.string('statement', 64).notNullable();
    table.primary(['deployment', 'statement'], 'attestations_pk');
    table.boolean('holds').notNullable();
    table.text('note').nullable();
    table.text('attested_by').notNullable();
    table.bigInteger('attested_at').notNullable();
    table.bigInteger('review_by').notNullable();
  });
  await knex.schema.createTable('evaluations', table => {
    table.comment(
      'What the rules last said; made anew when its signature is not that of the evidence',
    );
    ofDeployment(knex, table, 'evaluations');
    table.primary(['deployment'], 'evaluations_pk');
    table
      .string('signature', 64)
      .notNullable()
      .comment('SHA-256 of what was judged');
    table.bigInteger('evaluated_at').notNullable();
    table
      .bigInteger('turns_at')
      .nullable()
      .comment('From then on the same evidence may give other findings');
    table.text('findings').notNullable().comment('Finding[], JSON');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('evaluations');
  await knex.schema.dropTable('attestations');
  await knex.schema.dropTable('waivers');
  await knex.schema.alterTable('deployments', table => {
    table.dropColumn('upgrade_window');
  });
};
