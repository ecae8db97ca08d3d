import type { Followed } from '../release/followed.ts'
import { announced } from '../verification/file/announced.ts'
import type { Verification } from '../verification/file/model.ts'
import type { Begun, ReleaseContext } from './context.ts'
import { say } from '../words/say.ts'

/**
 * Returns what this run needs to follow a deployment that another run has started. It uses
 * the record that the other run has left in the ledger, if there is one, else `own`, which
 * is what this run would have started. Green is asked and production observed as the other
 * run would have done it, but evidence that the ledger already holds is not gathered again.
 */
export async function attachedTo(
  { ledger, logger, draft }: Pick<ReleaseContext, 'ledger' | 'logger' | 'draft'>,
  own: Followed,
  verification: Verification | undefined
): Promise<Begun> {
  const { deploymentId } = own
  const recorded = await ledger?.followed(deploymentId)
  const isKnown = recorded?.deploymentId === deploymentId && recorded.plane === own.plane
  const followed = isKnown ? recorded : own
  const warn = (warning: string): void => {
    logger.warning(warning)
    draft.warnings.push(warning)
  }
  const asked = followed.verification
  if (asked && asked.digest !== verification?.digest) {
    const named = verification ? say`names another one` : say`names none (\`verification\`)`
    warn(
      say`${deploymentId} is verified by a file that this run does not have: it ${named}, so what that file asks is not asked here`
    )
    draft.announced = []
    return { followed, verification: undefined, isAttached: true }
  }
  if (!asked || !verification) {
    if (verification) {
      warn(
        say`${deploymentId} was started without \`verification\`, and is followed as it was started: nothing is asked of green`
      )
      draft.announced = []
    }
    return { followed, verification: undefined, isAttached: true }
  }
  const names = [
    ...announced(verification),
    verification.availability && { name: 'availability' }
  ].flatMap((each) => (each ? [each.name] : []))
  const found = (await ledger?.evidence(deploymentId, names)) ?? []
  draft.evidence.push(...found)
  return {
    followed,
    verification: without(
      verification,
      found.map(({ name }) => name)
    ),
    isAttached: true
  }
}

/** The sections of a verification that have no evidence yet. */
function without(verification: Verification, names: readonly string[]): Verification {
  const { checks, flows, load, recovery, metrics, availability } = verification
  const left = <T>(name: string, section: T): T | undefined =>
    names.includes(name) ? undefined : section
  return {
    ...verification,
    checks: left('checks', checks),
    flows: flows.filter(({ name }) => !names.includes(name)),
    load: left('load', load),
    recovery: left('recovery', recovery),
    metrics: left('metrics', metrics),
    availability: left('availability', availability)
  }
}
