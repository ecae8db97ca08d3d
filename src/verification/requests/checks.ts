import type { ChecksEvidence, RequestResult } from '../../release/evidence.ts'
import type { Checks } from '../file/model.ts'
import { atTask, checksInWords } from '../words/requests.ts'
import { ask, type Ask } from './ask.ts'

/** So few that they are no load on green, and so many that they hardly wait for each other. */
const AT_ONCE = 4

/** One of green's tasks, which is reached without a load balancer. */
export interface TaskAddress {
  /** The name for the task in the rows. */
  readonly name: string
  /** Such as `http://10.0.1.7:8080`. */
  readonly origin: string
}

/**
 * Sends green all checks, in the order of the file. If there are `tasks`, each of them is
 * asked instead of the target. Never throws.
 */
export async function runChecks(
  { required, requests }: Checks,
  options: Ask,
  tasks: readonly TaskAddress[] = []
): Promise<ChecksEvidence> {
  const startedAt = options.clock.now()
  const asked =
    tasks.length === 0
      ? requests.map((request) => ({ request, target: options.target }))
      : tasks.flatMap(({ name, origin }) =>
          requests.map((request) => ({
            request: { ...request, name: atTask(request.name, name) },
            target: origin
          }))
        )
  const rows = new Array<RequestResult>(asked.length)
  const left = asked.entries()
  const worker = async (): Promise<void> => {
    for (const [index, { request, target }] of left) {
      rows[index] = (await ask(request, { ...options, target })).result
    }
  }
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, asked.length) }, worker))
  const failed = rows.filter(({ verdict }) => verdict !== 'passed')
  return {
    section: 'checks',
    name: 'checks',
    required,
    verdict: failed.length === 0 ? 'passed' : 'failed',
    summary: checksInWords(rows, failed),
    startedAt,
    endedAt: options.clock.now(),
    rows
  }
}
