import type { Clock } from '../release/clock.ts'
import type { Evidence } from '../release/evidence.ts'
import { eventNamed, type Snapshot } from '../release/snapshot.ts'
import type { Verification } from './file/model.ts'
import { verify } from './verify.ts'
import { watchProduction, type ProductionWatch } from './watch-production.ts'

/** What is verified, and where it is asked. */
export interface Subject {
  readonly verification: Verification
  readonly deploymentId: string
  /** Origin of a listener; undefined where it cannot be found out. Asked when it is first needed. */
  readonly origin: (listener: 'test' | 'production') => Promise<string | undefined>
}

/** Measures beside the watch loop, which tells it what it sees. */
export interface Verifier {
  /** Of the deployment, and of its rollback. Never throws. */
  see(snapshot: Snapshot): void
  /** Resolves when everything that has begun is there. Never rejects. */
  ended(): Promise<void>
  /** Ends at once; what is not measured by then is never passed. */
  stop(): void
}

export interface VerifierOptions extends Subject {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly workspace: string
  readonly k6Path: string | undefined
  readonly onProgress: (text: string) => void
  readonly clock: Clock
  readonly random: () => number
  /** Milliseconds that only ever grow. */
  readonly monotonic: () => number
  /** Told of each piece, one after another. Must not throw. */
  readonly onEvidence: (evidence: Evidence) => Promise<void>
  /** Production breaks a limit since traffic has begun to move. Must not throw. */
  readonly onBreach: (reason: string) => void
}

/** The lifecycle event after which green answers at the test listener (aws-semantics 1.1). */
const TEST_TRAFFIC_EVENT = 'AllowTestTraffic'

export function startVerifier(options: VerifierOptions): Verifier {
  const { verification, deploymentId, origin, onEvidence } = options
  const stopping = new AbortController()
  let green: Promise<void> | undefined
  let production: Promise<ProductionWatch | undefined> | undefined
  const seen: Snapshot[] = []
  const askGreen = async (): Promise<void> => {
    const target = verification.target.test ?? (await origin('test').catch(() => undefined))
    await verify({ ...options, target, signal: stopping.signal })
  }
  const askProduction = async (): Promise<ProductionWatch | undefined> => {
    const { availability } = verification
    if (!availability) return undefined
    const target =
      verification.target.production ?? (await origin('production').catch(() => undefined))
    const watch = await watchProduction({ ...options, availability, target })
    // What was seen while it began.
    for (const snapshot of seen.splice(0)) watch.see(snapshot)
    return watch
  }
  return {
    see(snapshot) {
      production ??= askProduction()
      seen.push(snapshot)
      void production.then((watch) => {
        for (const each of seen.splice(0)) watch?.see(each)
      })
      if (snapshot.deploymentId !== deploymentId) return
      if (eventNamed(snapshot, TEST_TRAFFIC_EVENT)?.status === 'Succeeded') green ??= askGreen()
    },
    async ended() {
      await green
      const watch = await production
      const evidence = await watch?.end(stopping.signal.aborted)
      if (evidence) await onEvidence(evidence)
    },
    stop: () => stopping.abort()
  }
}
