import type { GateDecision } from '../release/decision.ts'
import { stageOf, type Snapshot } from '../release/snapshot.ts'
import { say } from '../words/say.ts'
import type { ReleaseContext } from './context.ts'

export interface AskedDecision {
  /** Called with every snapshot. */
  readonly see: (snapshot: Snapshot) => void
  /** Reads the ledger once more; undefined without a ledger or a gate. Never rejects. */
  readonly last: () => Promise<GateDecision | undefined>
}

/**
 * How often an open gate is asked why it did not open by itself. It says so as soon as it has
 * asked the approvers, which takes seconds.
 */
const MOST_LOOKS = 20

/**
 * Reads the decision from the ledger once the gate's step has ended, and emits it as an
 * event. `last` reads it once more at the end. If the run asked to pass without a person, the
 * ledger is read while the gate is open too, so that the log says why a person has to decide.
 */
export function askWhenDecided(
  {
    ledger,
    draft,
    emit,
    clock,
    settings
  }: Pick<ReleaseContext, 'ledger' | 'draft' | 'emit' | 'clock'> & {
    readonly settings: Pick<ReleaseContext['settings'], 'breakGlassReason'>
  },
  deploymentId: string
): AskedDecision {
  let asked: Promise<void> | undefined
  let looking: Promise<void> | undefined
  let looks = settings.breakGlassReason === undefined ? MOST_LOOKS : 0
  let isRefusalTold = false
  const ask = async (): Promise<void> => {
    const found = await ledger?.decision(deploymentId)
    if (!found) return
    const isNew = draft.decision?.state !== found.state && found.state !== 'PENDING'
    draft.decision = found
    const { state, by, reason, breakGlass, breakGlassRefused } = found
    if (breakGlassRefused !== undefined && !isRefusalTold) {
      isRefusalTold = true
      const why = say`${breakGlassRefused}; so a person has to decide`
      emit({ kind: 'skipped', at: clock.now(), what: say`break-glass`, reason: why })
    }
    if (isNew) emit({ kind: 'decision', at: clock.now(), state, by, reason, breakGlass })
  }
  const look = (): void => {
    if (looking || isRefusalTold || looks >= MOST_LOOKS) return
    looks++
    looking = ask().finally(() => (looking = undefined))
  }
  return {
    see: (snapshot) => {
      if (snapshot.deploymentId !== deploymentId) return
      const status = stageOf(snapshot, 'gate')?.status
      if (status === 'InProgress') look()
      if (status === 'Succeeded' || status === 'Failed') asked ??= ask()
    },
    last: async () => {
      await Promise.all([asked, looking])
      await ask()
      return draft.decision
    }
  }
}
