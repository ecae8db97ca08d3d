import { explain } from '../aws/next-step.ts'
import type { Controller } from '../release/controller.ts'
import { fullyShiftedIn } from '../release/draft.ts'
import type { Evidence } from '../release/evidence.ts'
import { isTerminal } from '../release/snapshot.ts'
import type { ReleaseContext } from './context.ts'
import { say } from '../words/say.ts'

type Context = Pick<ReleaseContext, 'ledger' | 'draft' | 'emit' | 'clock' | 'logger'>

/**
 * Keeps evidence in the report and, if there is a ledger, in the ledger. The gate reads it
 * there, and rejects by itself if required evidence has failed. Without a ledger only this
 * job can act on it, so the job stops the deployment. `file` is the verification file's
 * SHA-256. Never throws.
 */
export async function keepEvidence(
  context: Context,
  controller: Pick<Controller, 'stop'>,
  evidence: Evidence,
  file: string
): Promise<void> {
  const { draft, clock, emit, ledger } = context
  const { section, name, verdict, required, summary } = evidence
  draft.evidence.push(evidence)
  emit({ kind: 'evidence', at: clock.now(), name, verdict, required, summary })
  const { deployment } = draft
  if (!deployment) return
  if (ledger) {
    try {
      await ledger.writeEvidence(deployment.id, evidence, file)
    } catch (error) {
      warn(
        context,
        say`evidence ${name} could not be written to the ledger, so the gate does not know of it: ${explain(error)}`
      )
    }
  } else if (required && verdict !== 'passed' && section !== 'availability') {
    const isOver = isTerminal(deployment.state) || fullyShiftedIn(draft)
    if (!isOver) await stopBecause(context, controller, `${name} ${verdict}: ${summary}`)
  }
}

/** Stops the deployment with a rollback. If that fails, a warning says so. Never throws. */
export async function stopBecause(
  context: Context,
  controller: Pick<Controller, 'stop'>,
  because: string,
  cause: 'evidence' | 'unhealthy' = 'evidence'
): Promise<void> {
  const { draft, clock, emit } = context
  const { deployment } = draft
  if (!deployment || draft.stoppedBecause !== undefined) return
  // The reason is set before the call, so that it is known as soon as the watch loop sees the
  // deployment stopped.
  draft.stoppedBecause = because
  try {
    await controller.stop(deployment.id, true)
    const action = cause === 'unhealthy' ? because : 'stopped'
    emit({ kind: 'interrupted', at: clock.now(), cause, action })
  } catch (error) {
    // The stop has failed, so it is not the reason for the deployment's end.
    draft.stoppedBecause = undefined
    warn(context, say`the deployment could not be stopped (${because}): ${explain(error)}`)
  }
}

function warn({ draft, logger }: Context, warning: string): void {
  logger.warning(warning)
  draft.warnings.push(warning)
}
