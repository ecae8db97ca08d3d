import type { Clock } from '../release/clock.ts'
import type { Evidence } from '../release/evidence.ts'
import { eventNamed, type Snapshot } from '../release/snapshot.ts'
import type { Verification } from './file/model.ts'
import { verify } from './verify.ts'

/** Where green is to be asked; undefined where that cannot be found out. Asked when it is first needed. */
export type Target = () => Promise<string | undefined>

/** Measures beside the watch loop, which tells it what it sees. */
export interface Verifier {
  /** Begins as soon as green serves the test listener. Never throws. */
  see(snapshot: Snapshot): void
  /** Resolves when everything that has begun is there. Never rejects. */
  ended(): Promise<void>
  /** Ends at once; what is not measured by then is never passed. */
  stop(): void
}

export interface VerifierOptions {
  readonly verification: Verification
  readonly target: Target
  readonly env: Readonly<Record<string, string | undefined>>
  readonly workspace: string
  readonly k6Path: string | undefined
  readonly onProgress: (text: string) => void
  readonly clock: Clock
  /** Milliseconds that only ever grow. */
  readonly monotonic: () => number
  /** Told of each piece, one after another. Errors are the caller's to handle. */
  readonly onEvidence: (evidence: Evidence) => Promise<void>
}

/** The lifecycle event after which green answers at the test listener (aws-semantics 1.1). */
const TEST_TRAFFIC_EVENT = 'AllowTestTraffic'

export function startVerifier(options: VerifierOptions): Verifier {
  const stopping = new AbortController()
  let run: Promise<void> | undefined
  const begin = async (): Promise<void> => {
    const { verification, target } = options
    const found = verification.target.test ?? (await target().catch(() => undefined))
    await verify({ ...options, verification, target: found, signal: stopping.signal })
  }
  return {
    see(snapshot) {
      if (eventNamed(snapshot, TEST_TRAFFIC_EVENT)?.status === 'Succeeded') run ??= begin()
    },
    ended: async () => run,
    stop: () => stopping.abort()
  }
}
