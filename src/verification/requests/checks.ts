import type { ChecksEvidence, RequestResult } from '../../release/evidence.ts'
import type { Checks } from '../file/model.ts'
import { ask, type Ask } from './ask.ts'

/** Few enough not to be a load, enough not to wait for each other. */
const AT_ONCE = 4

/** Asks green everything that the checks ask, in the order of the file. Never throws. */
export async function runChecks(
  { required, requests }: Checks,
  options: Ask
): Promise<ChecksEvidence> {
  const startedAt = options.clock.now()
  const rows = new Array<RequestResult>(requests.length)
  const left = requests.entries()
  const worker = async (): Promise<void> => {
    for (const [index, request] of left) rows[index] = (await ask(request, options)).result
  }
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, requests.length) }, worker))
  const failed = rows.filter(({ verdict }) => verdict !== 'passed')
  return {
    section: 'checks',
    name: 'checks',
    required,
    verdict: failed.length === 0 ? 'passed' : 'failed',
    summary: summaryOf(rows, failed),
    startedAt,
    endedAt: options.clock.now(),
    rows
  }
}

function summaryOf(rows: readonly RequestResult[], failed: readonly RequestResult[]): string {
  const slowest = Math.max(0, ...rows.map(({ ms = 0 }) => ms))
  const [first] = failed
  if (!first)
    return `${rows.length} of ${rows.length} routes answer, the slowest in ${Math.round(slowest)} ms`
  const more = failed.length > 1 ? `, and ${failed.length - 1} more` : ''
  return `${failed.length} of ${rows.length} routes fail: ${first.name}: ${first.problems.join('; ')}${more}`
}
