import { errorName } from '../../aws/errors.ts'
import { NotFound } from '../service.ts'

/** ELB's refusal of a name that it does not know, which does not repeat the name. */
const NOT_FOUND = /^(ListenerNotFound|LoadBalancerNotFound|RuleNotFound|TargetGroupNotFound)/

/** The answer; if ELB does not know the name, NotFound with this sentence. Errors: those of the call. */
export async function foundOr<T>(absent: string, call: Promise<T>): Promise<T> {
  try {
    return await call
  } catch (error) {
    if (isNotFound(error)) throw new NotFound(absent, { cause: error })
    throw error
  }
}

/** Whether ELB knows no such listener, rule, target group or load balancer. */
export function isNotFound(error: unknown): boolean {
  return NOT_FOUND.test(errorName(error))
}
