import { describeError } from '../../aws/errors.ts'
import type { Evidence } from '../../release/evidence.ts'
import { askGreen, valuesFrom } from '../../verification/green-checks.ts'
import type { Announced } from '../../verification/file/announced.ts'
import type { Verification } from '../../verification/file/model.ts'
import { inconclusive } from '../../verification/inconclusive.ts'
import type { Green } from '../../controllers/gate-plane.ts'
import { refusalOf } from '../runtime/origins.ts'
import type { VerifyPlatform } from './platform.ts'
import { say } from '../../words/say.ts'

/** Each task is asked everything, so the function does not ask all of a service with hundreds of tasks. */
const MOST_TASKS = 10

const nowhere = (): string => say`there is neither a test listener nor a running task to ask`

type Keep = (evidence: Evidence) => Promise<void>

/**
 * Asks green for these pieces of evidence, one after another, until all are
 * there or the time is over; what is not there by then is `unknown`. If no listener
 * leads to green, every task is checked, and flows go to one task, because their
 * steps may need what the same task remembers.
 * Errors: those of `keep`, and those of `findGreen`.
 */
export async function findOut(
  platform: VerifyPlatform,
  findGreen: () => Promise<Green>,
  verification: Verification,
  names: readonly string[],
  until: number,
  keep: Keep
): Promise<void> {
  if (names.length === 0) return
  const { clock, monotonic } = platform
  const isWanted = ({ name }: Announced): boolean => names.includes(name)
  const flows = verification.flows.filter(isWanted)
  const checks = names.includes('checks') ? verification.checks : undefined
  const green = await findGreen()
  const place = placeOf(verification, green)
  const images = green.images.length === 0 ? {} : { images: green.images }
  const own = [green.listener, ...green.tasks.map(({ origin }) => origin)]
  const refusal = (origin: string): string | undefined => refusalOf(origin, platform.origins, own)
  const trouble = place ? refusal(place.target) : nowhere()
  if (!place || trouble !== undefined) {
    const all = [...(checks ? [{ ...checks, name: 'checks' }] : []), ...flows]
    for (const each of all) await keep(inconclusive(each, trouble ?? nowhere(), clock.now()))
    return
  }
  const stopping = new AbortController()
  const done = new AbortController()
  void clock.sleep(Math.max(0, until - clock.now()), done.signal).then(
    () => stopping.abort(),
    () => undefined
  )
  try {
    await askGreen(
      { checks, flows },
      {
        target: place.target,
        tasks: place.tasks,
        refusal,
        valueOf: valuesFrom(verification, await valuesOf(platform)),
        clock,
        monotonic,
        signal: stopping.signal,
        onEvidence: (evidence) =>
          keep({
            ...(stopping.signal.aborted && evidence.verdict !== 'passed'
              ? unfinished(evidence)
              : evidence),
            ...(place.tasks.length > 0 && { asked: 'tasks' as const }),
            ...images
          })
      }
    )
  } finally {
    done.abort()
  }
}

interface Place {
  readonly target: string
  /** Empty if the target leads to all of them. */
  readonly tasks: Green['tasks']
}

/** The function asks at the origin that the file names; if there is none, at the listener; if there is none, at the tasks. */
function placeOf({ target }: Verification, { listener, tasks }: Green): Place | undefined {
  const origin = target.test ?? listener
  if (origin !== undefined) return { target: origin, tasks: [] }
  const [first] = tasks
  return first && { target: first.origin, tasks: tasks.slice(0, MOST_TASKS) }
}

/** If a value is missing, the request that needs it fails and says so. */
async function valuesOf({
  values,
  log
}: VerifyPlatform): Promise<Readonly<Record<string, string>>> {
  try {
    return await values()
  } catch (error) {
    log('warn', 'the values for {{env.NAME}} cannot be read', { why: describeError(error) })
    return {}
  }
}

function unfinished(evidence: Evidence): Evidence {
  return { ...evidence, verdict: 'unknown', summary: say`not finished within the function's time` }
}
