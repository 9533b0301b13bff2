const common = {
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '/.tools/'],
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.tools', '<rootDir>/runtime', '<rootDir>/.leadlight'],
  transform: { '\\.[cm]?[jt]s$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2023' }, module: { type: 'commonjs' } }] },
  // Published as ES modules only.
  transformIgnorePatterns: ['/node_modules/(?!.*(frappe-js-sdk|temporal-polyfill|temporal-utils|pglite|content-disposition|cookie/dist))'],
};

/** `npm test` runs both; one file: `npm run jest -- --selectProjects unit --testPathPatterns core/src/billing`. */
export default {
  projects: [
    { ...common, displayName: 'unit', globalSetup: '<rootDir>/test/unit/support/runFolder.mjs', testMatch: ['core', 'packages', 'nodes', 'tools', 'test/unit'].map((folder) => `<rootDir>/${folder}/**/*.test.ts`) },
    { ...common, displayName: 'system', testMatch: ['<rootDir>/test/system/**/*.test.ts'] },
  ],
};
