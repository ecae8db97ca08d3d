/** Faults to release on purpose, one at a time: `BUG=payment-lost`. The README says what each does. */
export const BUGS = [
  'unhealthy',
  'crash',
  'slow',
  'wrong-total',
  'payment-lost',
  'queue-reused',
  'slow-payment',
  'payment-500',
  'crash-on-payment'
] as const

export type Bug = (typeof BUGS)[number]

export function isBug(name: string): name is Bug {
  return BUGS.some((bug) => bug === name)
}
