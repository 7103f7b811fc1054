module.exports = require('@backstage/cli/config/eslint-factory').createConfig(
  __dirname,
  {
    env: { node: true, es2022: true },
    parserOptions: { ecmaVersion: 2022 },
    // These are command-line programs: the console is their user interface.
    rules: { 'no-console': 'off' },
  },
);
