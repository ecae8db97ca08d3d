import type { Limits } from '../controllers/control-plane.ts'
import type { EventWords } from '../release/event-words.ts'
import type { GateKind } from '../release/gate.ts'
import type { Snapshot } from '../release/snapshot.ts'
import { stillWaiting } from '../release/still-waiting.ts'
import { say } from '../words/say.ts'
import type { ReleaseContext } from './context.ts'

/** After so long without a line, the log says what is still waited for. */
export const QUIET_MS = 180_000

type Context = Pick<ReleaseContext, 'clock' | 'tell' | 'lastLineAt'>

/** Writes a line if none was written for minutes. */
export function heartbeat({ clock, tell, lastLineAt }: Context, words: () => EventWords): void {
  if (clock.now() - lastLineAt() >= QUIET_MS) tell(words())
}

/** The heartbeat of a watch loop, for its `onWait`. */
export function heartbeatOf(
  context: Context,
  waiting: {
    readonly gate: GateKind
    readonly deadline: number
    readonly limits: Limits | undefined
  }
): (last: Snapshot | undefined, failures: number) => void {
  return (last, failures) =>
    heartbeat(context, () => {
      const words = stillWaiting(last, { ...waiting, now: context.clock.now() })
      if (failures === 0) return words
      return {
        subject: say`trouble`,
        detail: say`the deployment cannot be read at the moment; when it was last read: ${words.subject}: ${words.detail}`
      }
    })
}

/** Waits for `work`, and lets the log say meanwhile what is waited for. */
export async function withHeartbeat<T>(
  context: Context,
  work: Promise<T>,
  words: () => EventWords
): Promise<T> {
  const done = new AbortController()
  const beat = async (): Promise<void> => {
    while (!done.signal.aborted) {
      await context.clock.sleep(QUIET_MS / 3, done.signal)
      heartbeat(context, words)
    }
  }
  const beating = beat().catch(() => undefined)
  try {
    return await work
  } finally {
    done.abort()
    await beating
  }
}
