import { UNREAD_REVISION, type BreakGlassRefusal, type Gate } from '../../ledger/gate.ts'
import { serviceId } from '../../ledger/keys.ts'
import type { Platform } from '../platform.ts'
import { type Policy, rulesFor } from '../policy/policy.ts'
import { differenceOfImages } from './same-images.ts'
import { findEarlierRelease } from './earlier-release.ts'

/**
 * Whether a `rollback-to` with a reason goes through without a person: the
 * policy allows it, GitHub's token proves who asks, and the newest decision about
 * this very revision in this service's own chain is a sealed approval whose
 * release has completed, with the images that run now. Whatever of that is not so,
 * or cannot be known, is the reason why a person is asked.
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
  // Whoever has been asked already is not passed by, whatever has become known since.
  const refusal = breakGlassRefused ?? (await refusalOf())
  platform.log('info', 'break-glass rollback', { refused: refusal?.why, about: refusal?.about })
  return refusal ?? 'passes'

  async function refusalOf(): Promise<BreakGlassRefusal | undefined> {
    const service = serviceId(facts.cluster, facts.service)
    const { after } = release.revision
    if (rulesFor(policy, service).breakGlass?.rollback !== true) {
      return { why: 'not-allowed', about: service }
    }
    if (!requester.verified) return { why: 'not-proven', about: requester.logins.join(', ') }
    // What could not be read is nothing that anybody can have approved.
    if (after === UNREAD_REVISION) return { why: 'revision-unread', about: '' }
    const earlier = await findEarlierRelease(platform, service, after)
    return 'why' in earlier ? earlier : differenceOfImages(earlier.images, release.images)
  }
}
