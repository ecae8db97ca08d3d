import type { Decision } from '../../ledger/gate.ts'
import type { Policy } from '../policy/policy.ts'

/** A closing that no person decided. */
export function nobody(
  at: number,
  reason: string | undefined,
  policy: Policy | undefined
): Decision {
  return { at, by: [], reason, breakGlass: false, policy: policy?.digest }
}
