/** Imports JSON in a way that Node and the next jest refuse. */
const GITHUBS_PARSER = '@actions/workflow-parser/dist/(?:actions|workflows)/'

/** Unit tests run from TypeScript; end-to-end tests spawn the built bundle. */
export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  roots: ['<rootDir>/__tests__'],
  testMatch: ['**/*.test.ts'],
  transform: {
    '^.+\\.ts$': [
      'ts-jest',
      { useESM: true, tsconfig: { isolatedModules: true }, diagnostics: false }
    ],
    [GITHUBS_PARSER]: '<rootDir>/__tests__/helpers/json-imports.ts'
  },
  transformIgnorePatterns: [`/node_modules/(?!${GITHUBS_PARSER})`],
  // rewriteRelativeImportExtensions makes ts-jest emit `./x.js` for `./x.ts`.
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': ['$1.ts', '$1.js'] },
  setupFiles: ['<rootDir>/__tests__/helpers/errors-of-node.ts'],
  // Every suite leaves some of its modules behind. In a process of gigabytes a collection of garbage
  // takes seconds, in which the emulator's traffic stands still: a new one goes on before that.
  workerIdleMemoryLimit: '600MB',
  // Ends what hangs, and nothing else: machines have slow hours.
  testTimeout: 60_000,
  restoreMocks: true
}
