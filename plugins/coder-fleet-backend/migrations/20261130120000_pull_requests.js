// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('deployments', table => {
    table
      .bigInteger('requested_at')
      .nullable()
      .comment('Since when the merge of its pull request is waited for');
    table
      .text('pull_request')
      .nullable()
      .comment('URL of the pull request with which it was requested last');
    table
      .text('merge_obstacle')
      .nullable()
      .comment('MergeObstacle, JSON: why it does not start yet');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('deployments', table => {
    table.dropColumns('requested_at', 'pull_request', 'merge_obstacle');
  });
};
