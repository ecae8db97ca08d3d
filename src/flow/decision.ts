import type { GateDecision } from '../release/decision.ts'
import { stageOf, type Snapshot } from '../release/snapshot.ts'
import type { ReleaseContext } from './context.ts'

export interface AskedDecision {
  /** Called with every snapshot. */
  readonly see: (snapshot: Snapshot) => void
  /** Reads the ledger once more; undefined without a ledger or a gate. Never rejects. */
  readonly last: () => Promise<GateDecision | undefined>
}

/**
 * Reads the decision from the ledger once the gate's step has ended, and emits it as an
 * event. `last` reads it once more at the end.
 */
export function askWhenDecided(
  { ledger, draft, emit, clock }: Pick<ReleaseContext, 'ledger' | 'draft' | 'emit' | 'clock'>,
  deploymentId: string
): AskedDecision {
  let asked: Promise<void> | undefined
  const ask = async (): Promise<void> => {
    const found = await ledger?.decision(deploymentId)
    if (!found) return
    const isNew = draft.decision?.state !== found.state && found.state !== 'PENDING'
    draft.decision = found
    if (!isNew) return
    const { state, by, reason, breakGlass } = found
    emit({ kind: 'decision', at: clock.now(), state, by, reason, breakGlass })
  }
  return {
    see: (snapshot) => {
      if (snapshot.deploymentId !== deploymentId) return
      const status = stageOf(snapshot, 'gate')?.status
      if (status === 'Succeeded' || status === 'Failed') asked ??= ask()
    },
    last: async () => {
      await asked
      await ask()
      return draft.decision
    }
  }
}
