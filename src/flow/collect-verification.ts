import type { Evidence } from '../release/evidence.ts'
import { stageOf, type Snapshot, type Stage } from '../release/snapshot.ts'
import type { Announced } from '../verification/file/announced.ts'
import { inconclusive } from '../verification/inconclusive.ts'
import type { ReleaseContext } from './context.ts'
import { say } from '../words/say.ts'

const nothing = (): string => say`the verification function has written nothing; its log says why`

/**
 * The stage after whose end the job begins to ask green. If a function asks green too, the
 * job waits until the function has ended, because a recovery or a load of the job would
 * disturb it.
 */
export function askAfter(hasTestListener: boolean, isAskedInside: boolean): Stage {
  return hasTestListener && !isAskedInside ? 'test-traffic' : 'verify'
}

export interface FunctionEvidence {
  /** Never throws. */
  see(snapshot: Snapshot): void
  /** Resolves once the evidence that the ledger holds is in the report. Never rejects. */
  ended(): Promise<void>
}

/**
 * Brings what the function inside the VPC has found into the report. The function writes all
 * evidence before it answers its hook, so the job reads the ledger when that hook has ended,
 * and once more at the end for evidence that was still missing.
 */
export function collectVerification(
  { ledger, draft, emit, clock }: Pick<ReleaseContext, 'ledger' | 'draft' | 'emit' | 'clock'>,
  deploymentId: string,
  wanted: readonly Announced[]
): FunctionEvidence {
  let asked: Promise<void> | undefined
  const outstanding = (): readonly Announced[] =>
    wanted.filter(({ name }) => !draft.evidence.some((each) => each.name === name))
  const keep = (found: Evidence): void => {
    const { name, verdict, required, summary } = found
    draft.evidence.push(found)
    emit({ kind: 'evidence', at: clock.now(), name, verdict, required, summary })
  }
  const ask = async (): Promise<void> => {
    const left = outstanding().map(({ name }) => name)
    if (left.length === 0) return
    for (const found of (await ledger?.evidence(deploymentId, left)) ?? []) keep(found)
  }
  return {
    see(snapshot) {
      if (snapshot.deploymentId !== deploymentId) return
      const status = stageOf(snapshot, 'verify')?.status
      if (status === 'Succeeded' || status === 'Failed') asked ??= ask()
    },
    async ended() {
      await asked
      // If the hook has not ended, no evidence is missing: the job may have waited for an earlier
      // goal.
      if (!asked) return
      await ask()
      for (const each of outstanding()) keep(inconclusive(each, nothing(), clock.now()))
    }
  }
}
