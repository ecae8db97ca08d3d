import type { Tally } from './tally.ts'

/** The part of `jest --json` that is read here. */
interface Results {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numRuntimeErrorTestSuites: number
  readonly testResults: readonly Suite[]
}

interface Suite {
  readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[]
}

/**
 * Counts what `jest --json` wrote. A suite that could not run at all is a
 * failure, and so is a run that jest fails for a reason that no test names.
 */
export function tallyOfJest(text: string, exitedWell: boolean): Tally {
  const results: unknown = JSON.parse(text)
  if (!isResults(results)) throw new Error('not the results of jest --json')
  const failed = results.numFailedTests + results.numRuntimeErrorTestSuites
  return {
    passed: results.numPassedTests,
    failed: exitedWell ? failed : Math.max(failed, 1),
    skipped: results.testResults.flatMap(({ assertionResults }) =>
      assertionResults
        .filter(({ status }) => status !== 'passed' && status !== 'failed')
        .map(({ fullName, status }) => `${fullName} (${status})`)
    )
  }
}

function isResults(value: unknown): value is Results {
  return (
    isObject(value) &&
    typeof value.numPassedTests === 'number' &&
    typeof value.numFailedTests === 'number' &&
    typeof value.numRuntimeErrorTestSuites === 'number' &&
    Array.isArray(value.testResults) &&
    value.testResults.every(isSuite)
  )
}

function isSuite(value: unknown): value is Suite {
  return (
    isObject(value) &&
    Array.isArray(value.assertionResults) &&
    value.assertionResults.every(
      (result: unknown) =>
        isObject(result) && typeof result.status === 'string' && typeof result.fullName === 'string'
    )
  )
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
