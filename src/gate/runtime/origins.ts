import { originOf } from '../../verification/file/requests.ts'
import type { Variables } from './variables.ts'
import { say } from '../../words/say.ts'

/**
 * Origins that the stack allows the functions inside the VPC to ask, besides those of the
 * deployment itself: `VERIFY_ORIGINS`, the stack's parameter `VerifyOrigins`. What is no
 * origin is added to the problems.
 */
export function readOrigins(env: Variables, problems: string[]): readonly string[] {
  const texts = (env['VERIFY_ORIGINS'] ?? '').split(',').map((each) => each.trim())
  return texts
    .filter((text) => text !== '')
    .flatMap((text) => {
      const origin = originOf(text)
      if (origin !== undefined) return [origin]
      problems.push(
        `VERIFY_ORIGINS: found ${JSON.stringify(text)}, wanted http:// or https://, a host, and a port where it is another than the usual`
      )
      return []
    })
}

/**
 * Why a function may not ask at an origin, which a verification file may have named;
 * undefined if it may. Whoever can write the ledger's verification item writes that file, so the file alone
 * must not lead requests from inside the VPC anywhere.
 *
 * @param own origins of the deployment, as the control plane says
 */
export function refusalOf(
  origin: string,
  allowed: readonly string[],
  own: readonly (string | undefined)[]
): string | undefined {
  // A control plane names the usual port of a listener too, which a URL's origin leaves out.
  const asked = originOf(origin)
  const mayBe = [...allowed, ...own.map((each) => each && originOf(each))]
  if (asked !== undefined && mayBe.includes(asked)) return undefined
  return say`the gate's stack does not allow requests to ${origin}; add it to the stack's parameter VerifyOrigins, or leave it out of the file`
}
