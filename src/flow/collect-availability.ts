import { isTerminal, stageOf, type Snapshot } from '../release/snapshot.ts'
import type { Outcome } from '../release/outcome.ts'
import type { Availability } from '../verification/file/model.ts'
import { nothingAsked } from '../verification/observe-production.ts'
import type { Observation, ReleaseContext } from './context.ts'
import { say } from '../words/say.ts'

type Context = Pick<ReleaseContext, 'ledger' | 'draft' | 'emit' | 'clock' | 'cancelled'>

/**
 * How long the job waits for the function after the shift. The function observes for ten
 * more seconds, and needs a few more to notice the shift and to store its evidence. The
 * time-out of the requests that are still in flight comes on top.
 */
const PATIENCE_MS = 45_000
const LOOK_AGAIN_MS = 3_000

/**
 * Brings what the function that observes production has found into the report, once the job
 * has ended its own watch. Never rejects.
 */
export async function collectAvailability(
  { ledger, draft, emit, clock, cancelled }: Context,
  deploymentId: string,
  availability: Availability,
  { outcome, last }: { readonly outcome: Outcome; readonly last: Snapshot | undefined }
): Promise<void> {
  // If the job has ended its wait before the shift, the gate's card shows what the function finds.
  if (!last || !hasMoved(last) || cancelled.aborted) return
  const startedAt = clock.now()
  const until = startedAt + PATIENCE_MS + availability.timeoutMs
  for (;;) {
    const { evidence, stopped } = (await ledger?.observation(deploymentId)) ?? NO_OBSERVATION
    if (evidence || clock.now() >= until || isAborted()) {
      const found = evidence ?? nothingAsked(availability, nothing(), startedAt, clock.now())
      const { name, verdict, required, summary } = found
      draft.evidence.push(found)
      emit({ kind: 'evidence', at: clock.now(), name, verdict, required, summary })
      if (outcome === 'stopped' && stopped !== undefined) {
        draft.stoppedBecause ??= `availability: ${stopped}`
      }
      return
    }
    await clock.sleep(LOOK_AGAIN_MS, cancelled).catch(() => undefined)
  }

  function isAborted(): boolean {
    return cancelled.aborted
  }
}

const NO_OBSERVATION: Observation = { evidence: undefined, stopped: undefined }

const nothing = (): string =>
  say`the function that observes production has written nothing; does the stack of infra/vpc.yaml stand? Its log says why`

/** Whether traffic has moved, or will not move any more. */
function hasMoved(last: Snapshot): boolean {
  return isTerminal(last.state) || stageOf(last, 'shift')?.status === 'Succeeded'
}
