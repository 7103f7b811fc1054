module.exports = {
  root: true,
  overrides: [
    {
      files: ['playwright.config.ts'],
      parser: '@typescript-eslint/parser',
      parserOptions: { sourceType: 'module' },
    },
  ],
};
