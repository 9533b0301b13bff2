const swc = ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2023' }, module: { type: 'commonjs' } }];
/** `npm test` runs both projects; `node tools/leadlight.mjs jest unit` only the fast one. */
export default {
  projects: [
    {
      displayName: 'unit',
      testMatch: ['<rootDir>/core/**/*.test.ts', '<rootDir>/packages/**/*.test.ts', '<rootDir>/nodes/**/*.test.ts', '<rootDir>/tools/**/*.test.ts', '<rootDir>/test/unit/**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', '/dist/', '/.tools/'],
      modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.tools', '<rootDir>/runtime', '<rootDir>/.leadlight'],
      transform: { '\\.[cm]?[jt]s$': swc },
      transformIgnorePatterns: ['/node_modules/(?!.*(frappe-js-sdk|temporal-polyfill|temporal-utils|pglite|content-disposition))'],
    },
    {
      displayName: 'system',
      testMatch: ['<rootDir>/test/system/**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', '/dist/', '/.tools/'],
      modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.tools', '<rootDir>/runtime', '<rootDir>/.leadlight'],
      transform: { '\\.[cm]?[jt]s$': swc },
      transformIgnorePatterns: ['/node_modules/(?!.*(frappe-js-sdk|temporal-polyfill|temporal-utils|pglite|content-disposition))'],
    },
  ],
};
