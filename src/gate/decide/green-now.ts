import { describeError } from '../../aws/errors.ts'
import type { RunningContainer } from '../../controllers/gate-plane.ts'
import { imagesOf, type Gate, type GreenFacts } from '../../ledger/gate.ts'
import { UNREAD_REVISION, type ImageFacts } from '../../ledger/gate-facts.ts'
import { noteGreen, readAgain } from '../../ledger/gates.ts'
import type { Table } from '../../ledger/table.ts'
import { within } from '../../release/within.ts'
import { planeOf } from '../find-plane.ts'
import { say, voiceOf } from '../../words/say.ts'
import type { Policy } from '../policy/policy.ts'
import type { Platform } from '../platform.ts'
import { short } from '../reconcile/evidence.ts'

/** A click waits for it, and Slack waits for the click. */
const READ_WITHIN_MS = 1_500

/** What green runs when somebody clicks, beside what the card shows. */
export type GreenNow =
  | { readonly is: 'as-shown' }
  | { readonly is: 'changed'; readonly images: readonly ImageFacts[] }
  /** It cannot be told now, for example because a task is starting. */
  | { readonly is: 'unread'; readonly why: string }

/**
 * Reads what green runs now and compares it with what the card shows, which is what the evidence
 * was measured on: until the click a task may have been started anew from a tag that has moved.
 * Of a gate with several holds, what is shown is the first one's. Never throws.
 */
export async function readGreen(
  { planes, clock }: Pick<Platform, 'planes' | 'clock'>,
  gate: Gate
): Promise<GreenNow> {
  const [hold] = gate.facts.holds
  try {
    const read = planeOf(planes, hold.plane).then(async (plane) => ({
      tasks: await plane.running(hold)
    }))
    const running = await within(clock, READ_WITHIN_MS, read)
    if (running && !running.tasks) return { is: 'as-shown' }
    if (!running?.tasks) return { is: 'unread', why: `no answer within ${READ_WITHIN_MS / 1000} s` }
    return compareGreen(imagesOf(gate), running.tasks)
  } catch (error) {
    return { is: 'unread', why: describeError(error) }
  }
}

export function compareGreen(
  shown: readonly ImageFacts[],
  running: readonly RunningContainer[]
): GreenNow {
  if (running.length === 0) return { is: 'unread', why: 'green runs no task' }
  const images: ImageFacts[] = []
  let changed = false
  // Beside those of the task definition, tasks run containers that AWS adds, which nobody has shown.
  for (const { container, before, after } of firstOfEach(shown, running)) {
    const pinned = /@(sha256:[0-9a-f]{64})$/.exec(after)?.[1]
    const own = running.filter((each) => each.container === container)
    const now = new Set(own.length === 0 ? [pinned] : own.map(({ digest }) => digest ?? pinned))
    const seen = shown.filter((each) => each.container === container)
    const was = new Set(seen.length === 0 ? [undefined] : seen.map(({ digest }) => digest))
    const isSame = now.size === was.size && [...now].every((digest) => was.has(digest))
    // A task that is starting does not say yet what it runs.
    if (!isSame && now.has(undefined) && !was.has(undefined)) {
      return { is: 'unread', why: `not every task says which image ${container} runs` }
    }
    changed ||= !isSame
    images.push(...[...now].map((digest) => ({ container, before, after, digest })))
  }
  return changed ? { is: 'changed', images } : { is: 'as-shown' }
}

/** One image of each container that is shown. If AWS said nothing when the gate opened, all count. */
function firstOfEach(
  shown: readonly ImageFacts[],
  running: readonly RunningContainer[]
): readonly ImageFacts[] {
  const all =
    shown.length > 0
      ? shown
      : running.map((each) => ({ ...each, before: undefined, after: UNREAD_REVISION }))
  return all.filter(
    ({ container }, index) => all.findIndex((each) => each.container === container) === index
  )
}

/**
 * Notes what green runs now, which the card then shows. If somebody else was faster, that is the
 * gate as they left it. Errors: those of the ledger.
 */
export async function noteChange(
  table: Table,
  { language }: Policy,
  gate: Gate,
  green: GreenFacts
): Promise<Gate> {
  const voice = await voiceOf(language)
  const why = voice(() => changeOfGreen(imagesOf(gate), green.images))
  return (await noteGreen(table, gate, green, why)) ?? readAgain(table, gate)
}

/** Says, for evidence that was measured before, what green ran and what it runs. */
function changeOfGreen(
  was: readonly Pick<ImageFacts, 'container' | 'digest'>[],
  now: readonly Pick<ImageFacts, 'container' | 'digest'>[]
): string {
  const shown = (images: typeof was, container: string): string =>
    images
      .filter((image) => image.container === container)
      .map(({ digest }) => (digest === undefined ? say`an image that is not known` : short(digest)))
      .join(', ')
  const containers = [...new Set(now.map(({ container }) => container))]
  const changes = containers.flatMap((container) => {
    const [before, after] = [shown(was, container), shown(now, container)]
    return before === after
      ? []
      : [say`${container} ran ${before || say`nothing known`}, and runs ${after}`]
  })
  return say`measured before green changed: ${changes.join('; ')}`.slice(0, 1_000)
}
