import type { ReleaseLedger } from '../../src/flow/context.ts'

/** A ledger with nothing in it but what a test puts there. */
export function ledgerOf(parts: Partial<ReleaseLedger> = {}): ReleaseLedger {
  return {
    check: () => Promise.resolve([]),
    decision: () => Promise.resolve(undefined),
    evidence: () => Promise.resolve([]),
    observation: () => Promise.resolve({ evidence: undefined, stopped: undefined }),
    followed: () => Promise.resolve(undefined),
    writeEvidence: () => Promise.resolve(),
    ...parts
  }
}
