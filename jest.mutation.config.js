import { run, suite } from './jest.config.js'

/** The tests that judge verifier, authoriser, ledger and effect, for `npm run mutation`. */
export default {
  ...run,
  ...suite,
  testMatch: ['**/__tests__/gate/**/*.test.ts', '**/__tests__/ledger/**/*.test.ts'],
  // Card and long properties judge other code.
  testPathIgnorePatterns: ['/card/']
}
