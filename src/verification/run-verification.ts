import type { Clients } from '../aws/clients.ts'
import type { OptionalReads } from '../aws/optional-reads.ts'
import type { Clock } from '../release/clock.ts'
import type { Evidence, RunningImage } from '../release/evidence.ts'
import { isTerminal, stageOf, type Snapshot, type Stage } from '../release/snapshot.ts'
import type { Verification } from './file/model.ts'
import type { Fleet } from './recovery/fleet.ts'
import { recover } from './recovery/recover.ts'
import { verify } from './verify.ts'
import { openMetricsReader, type SideNames, type Sides } from './metrics-reader.ts'
import { observeProduction, type ProductionObserver } from './observe-production.ts'

/** What is verified, and where it is asked. */
export interface Subject {
  readonly verification: Verification
  readonly deploymentId: string
  /** The stage after whose end green can be asked. */
  readonly askAfter: Stage
  /** Origin of a listener; undefined if it cannot be found. Called when it is first needed. */
  readonly origin: (listener: 'test' | 'production') => Promise<string | undefined>
  /** Name of the cluster in which the release is. */
  readonly cluster: string
  /**
   * Where CloudWatch has the metrics of blue and green; a text says why that is not known.
   * Never rejects.
   */
  readonly sides: (names: SideNames) => Promise<Sides | string>
  /** What a recovery may stop a task of. */
  readonly fleets: Readonly<Record<'green' | 'blue', Fleet>>
  /** The images that green's tasks run; empty if they are not known. Never rejects. */
  readonly images: () => Promise<readonly RunningImage[]>
}

/** Measures in parallel with the watch loop, which passes its snapshots on. */
export interface Verifier {
  /** To be called with snapshots of the deployment and of its rollback. Never throws. */
  see(snapshot: Snapshot): void
  /** Resolves once all evidence that was begun is complete. Never rejects. */
  ended(): Promise<void>
  /** Resolves once everything has been asked of green, or nothing more will be. Never rejects. */
  greenAsked(): Promise<void>
  /** Ends at once. What has not been measured by then never passes. */
  stop(): void
}

export interface VerifierOptions extends Subject {
  readonly clients: Pick<Clients, 'cloudwatch'>
  readonly optionalReads: OptionalReads
  readonly env: Readonly<Record<string, string | undefined>>
  readonly workspace: string
  readonly k6Path: string | undefined
  readonly onProgress: (text: string) => void
  readonly clock: Clock
  readonly random: () => number
  /** Milliseconds that never go back. */
  readonly monotonic: () => number
  /** Called with one piece of evidence after another. Must not throw. */
  readonly onEvidence: (evidence: Evidence) => Promise<void>
  /** Called if production breaks a limit after traffic has begun to move. Must not throw. */
  readonly onBreach: (reason: string) => void
  /**
   * The same of the limits of `metrics`. Absent if traffic moves too fast for them. Must not
   * throw.
   */
  readonly onMetricsBreach?: ((reason: string) => void) | undefined
}

export function startVerification(options: VerifierOptions): Verifier {
  const { verification, deploymentId, askAfter, origin, images, onEvidence } = options
  const stopping = new AbortController()
  let green: Promise<void> | undefined
  const asked = new AbortController()
  const whenAsked = once(asked.signal)
  let production: Promise<ProductionObserver | undefined> | undefined
  const seen: Snapshot[] = []
  const { signal } = stopping
  const { metrics: wanted, recovery } = verification
  const metrics =
    wanted &&
    openMetricsReader({ ...options, metrics: wanted, signal, onBreach: options.onMetricsBreach })
  const productionOrigin = async (): Promise<string | undefined> =>
    verification.target.production ?? (await origin('production').catch(() => undefined))
  const askGreen = async (since: number): Promise<void> => {
    const target = verification.target.test ?? (await origin('test').catch(() => undefined))
    // The images are read before green is asked, because the evidence is about these images.
    const running = await images()
    const ofGreen = (evidence: Evidence): Promise<void> =>
      onEvidence(running.length === 0 ? evidence : { ...evidence, images: running })
    await verify({ ...options, target, signal, onEvidence: ofGreen })
    const reading = metrics?.atTheGate(since)
    if (recovery) {
      // The recovery begins after the window of the metrics has ended, and after the load, so that
      // the task that it stops affects neither.
      await reading?.closed
      const { side } = recovery
      const address = side === 'green' ? target : await productionOrigin()
      const fleet = options.fleets[side]
      const recovered = await recover({ ...options, recovery, fleet, target: address, signal })
      // The images are green's, and blue has others.
      await (side === 'green' ? ofGreen(recovered) : onEvidence(recovered))
    }
    if (reading) await ofGreen(await reading.evidence)
  }
  const askProduction = async (): Promise<ProductionObserver | undefined> => {
    const { availability } = verification
    if (!availability) return undefined
    const target = await productionOrigin()
    const observer = await observeProduction({ ...options, availability, target })
    // Passes on the snapshots that were seen while the observation began.
    for (const snapshot of seen.splice(0)) observer.see(snapshot)
    return observer
  }
  return {
    see(snapshot) {
      production ??= askProduction()
      seen.push(snapshot)
      void production.then((observer) => {
        for (const each of seen.splice(0)) observer?.see(each)
      })
      metrics?.see(snapshot)
      if (snapshot.deploymentId !== deploymentId) return
      const stage = stageOf(snapshot, askAfter)
      // A deployment that has failed skips what was left of it: there is no green then, and the
      // listener leads to what serves.
      const isSkipped = stage?.status === 'Skipped' && !isTerminal(snapshot.state)
      if (stage?.status === 'Succeeded' || isSkipped) {
        green ??= askGreen(stage.endedAt ?? snapshot.at).finally(() => asked.abort())
      }
    },
    async ended() {
      await green
      const observer = await production
      const evidence = await observer?.end(stopping.signal.aborted)
      if (evidence) await onEvidence(evidence)
      const shifted = await metrics?.duringTheShift()
      if (shifted) await onEvidence(shifted)
    },
    greenAsked: () => whenAsked,
    stop() {
      stopping.abort()
      if (!green) asked.abort()
    }
  }
}

/** Resolves as soon as the signal is aborted. */
function once(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
