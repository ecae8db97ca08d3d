import type { Closing } from '../../ledger/gates.ts'
import type { Policy } from '../policy/policy.ts'

/** A closing that no person decided. */
export function nobody(
  at: number,
  reason: string | undefined,
  policy: Policy | undefined
): Closing {
  return { decision: { at, by: [], reason, breakGlass: false, policy: policy?.digest } }
}
