import { fileURLToPath } from 'node:url'

/** Imports JSON in a way that Node and the next jest refuse. */
const GITHUBS_PARSER = '@actions/workflow-parser/dist/(?:actions|workflows)/'

/** What every suite needs: they run from TypeScript. */
export const suite = {
  // A path that Stryker finds too.
  testEnvironment: fileURLToPath(new URL('__tests__/helpers/plain-global.mjs', import.meta.url)),
  extensionsToTreatAsEsm: ['.ts'],
  roots: ['<rootDir>/__tests__'],
  transform: {
    '\\.ts$': '<rootDir>/scripts/strip-types.mjs',
    [GITHUBS_PARSER]: '<rootDir>/__tests__/helpers/json-imports.ts'
  },
  transformIgnorePatterns: [`/node_modules/(?!${GITHUBS_PARSER})`],
  setupFiles: ['<rootDir>/__tests__/helpers/errors-of-node.ts'],
  setupFilesAfterEnv: ['<rootDir>/__tests__/helpers/scaled-time-of-jest.mjs'],
  restoreMocks: true
}

/** What holds for a run of jest as a whole. */
export const run = {
  // Every suite leaves some of its modules behind. In a process of gigabytes a collection of garbage
  // takes seconds, in which the emulator's traffic stands still: a new one goes on before that.
  workerIdleMemoryLimit: '600MB',
  // Ends what hangs, and nothing else: machines have slow hours.
  testTimeout: 60_000
}

/** Suites that measure in the machine's time: how fast, how evenly, how long without a failed request. */
const TIMED = [
  '**/e2e/{failover-under-load,flood,observe,under-load,verification}.test.ts',
  '**/verification/load/builtin.test.ts'
]
/**
 * Suites in which a person clicks. Slack waits three seconds for an answer, and a function that has just
 * been started loads for a part of them, so they run in real time too.
 */
const GATE = [
  '**/e2e/{act,demo,gate,gate-closed,gate-mover,recovery,release,verify-inside}.test.ts',
  '**/infra/first-card.test.ts'
]
/** Suites that run dist/ as a runner does, and mostly wait for it: time may run faster for them. */
const E2E = ['**/e2e/*.test.ts']

const without = (patterns) => patterns.map((pattern) => `!${pattern}`)

export default {
  ...run,
  projects: [
    {
      ...suite,
      displayName: 'unit',
      testMatch: ['**/*.test.ts', ...without([...E2E, ...GATE, ...TIMED])]
    },
    { ...suite, displayName: 'e2e', testMatch: [...E2E, ...without([...GATE, ...TIMED])] },
    { ...suite, displayName: 'gate', testMatch: GATE },
    { ...suite, displayName: 'timed', testMatch: TIMED }
  ]
}
