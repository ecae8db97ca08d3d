import type { Gate } from '../../ledger/gate.ts'
import { serviceOf, UNREAD_REVISION, type BreakGlassRefusal } from '../../ledger/gate-facts.ts'
import type { Platform } from '../platform.ts'
import { type Policy, rulesFor } from '../policy/policy.ts'
import { differenceOfImages } from './same-images.ts'
import { findEarlierRelease } from './earlier-release.ts'

/**
 * Decides whether a `rollback-to` with a reason passes without a person. It does
 * if the policy allows it, if GitHub's token proves who asks, and if the newest
 * decision about this revision in the service's chain is a sealed approval of a
 * release that completed with the images that run now. If one of these conditions
 * is not met, or cannot be checked, it is returned as the reason why a person has
 * to decide.
 *
 * Errors: those of the table.
 */
export async function judgeBreakGlass(
  platform: Platform,
  policy: Policy,
  { facts, breakGlassRefused }: Gate
): Promise<'not-asked' | 'passes' | BreakGlassRefusal> {
  const { release, requester } = facts
  if (release.breakGlass === undefined) return 'not-asked'
  // If the approvers have been asked already, they decide, whatever has become known since.
  const refusal = breakGlassRefused ?? (await refusalOf())
  platform.log('info', 'break-glass rollback', { refused: refusal?.why, about: refusal?.about })
  return refusal ?? 'passes'

  async function refusalOf(): Promise<BreakGlassRefusal | undefined> {
    const service = serviceOf(facts)
    const { after } = release.revision
    if (rulesFor(policy, service).breakGlass?.rollback !== true) {
      return { why: 'not-allowed', about: service }
    }
    if (!requester.verified) return { why: 'not-proven', about: requester.logins.join(', ') }
    // Nobody can have approved a revision that could not be read.
    if (after === UNREAD_REVISION) return { why: 'revision-unread', about: '' }
    const earlier = await findEarlierRelease(platform, service, after)
    return 'why' in earlier ? earlier : differenceOfImages(earlier.images, release.images)
  }
}
