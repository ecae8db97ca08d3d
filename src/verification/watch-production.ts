import { GATE_EVENT } from '../appspec/model.ts'
import type { Clock } from '../release/clock.ts'
import type { AvailabilityEvidence } from '../release/evidence.ts'
import { SHIFT_EVENT } from '../release/gate.ts'
import { eventNamed, type Snapshot } from '../release/snapshot.ts'
import type { Prober } from './availability/prober.ts'
import type { Availability } from './file/model.ts'
import { guardedLookup, refusedTarget } from './http/addresses.ts'

export interface ProductionWatch {
  see(snapshot: Snapshot): void
  /** What was found. In a hurry, it waits for no answer any more. */
  end(inAHurry: boolean): Promise<AvailabilityEvidence>
}

export interface WatchOptions {
  readonly availability: Availability
  /** Origin of production; undefined: it cannot be asked. */
  readonly target: string | undefined
  readonly deploymentId: string
  readonly clock: Clock
  readonly monotonic: () => number
  readonly random: () => number
  readonly onBreach: (reason: string) => void
}

/** How long after the shift production is still asked, where the job would end with it. */
const AFTERWARDS_MS = 10_000
/** A cancelled job has seconds. */
const HURRY_MS = 1_000

/**
 * Asks production at a steady rate, and tells by the lifecycle in which phase
 * each request was. Never rejects: what cannot be asked is evidence too.
 */
export async function watchProduction(options: WatchOptions): Promise<ProductionWatch> {
  const { availability, target, clock, monotonic, random, deploymentId, onBreach } = options
  const { onBreach: then, path, rate, timeoutMs, versionHeader } = availability
  const required = then === 'stop'
  const startedAt = clock.now()
  const unasked = (summary: string): ProductionWatch => ({
    see: () => undefined,
    end: () => Promise.resolve(nothing(summary, required, rate, startedAt, clock.now()))
  })
  if (target === undefined) {
    return unasked('where production answers could not be found out; set target.production')
  }
  const url = new URL(path, target)
  const refused = await refusedTarget(url)
  if (refused !== undefined) return unasked(refused)
  const { startProber } = await import('./availability/prober.ts')
  const prober = startProber({
    target: { url, headers: {}, lookup: guardedLookup },
    rate,
    timeoutMs,
    versionHeader,
    limits: {
      maxFailureRate: availability.maxFailureRate,
      ...(availability.maxP99Ms !== undefined && { maxP99Ms: availability.maxP99Ms })
    },
    clock,
    monotonic,
    random,
    required,
    judgeFrom: 'shift',
    onBreach
  })
  let shiftedAt: number | undefined
  return {
    see(snapshot) {
      if (snapshot.deploymentId !== deploymentId) {
        prober.enter('rollback', snapshot.createdAt)
        return
      }
      follow(prober, snapshot)
      shiftedAt ??= eventNamed(snapshot, SHIFT_EVENT)?.endedAt
    },
    async end(inAHurry) {
      if (inAHurry) {
        const hurry = clock.sleep(HURRY_MS).then(() => undefined)
        const found = await Promise.race([prober.stop(), hurry])
        return found ?? nothing('interrupted', required, rate, startedAt, clock.now())
      }
      const left = shiftedAt === undefined ? 0 : shiftedAt + AFTERWARDS_MS - clock.now()
      if (left > 0) await clock.sleep(Math.min(left, AFTERWARDS_MS))
      return prober.stop()
    }
  }
}

/** Phases begin when AWS says so, which is seconds before we hear of it. */
function follow(prober: Prober, snapshot: Snapshot): void {
  const gate = eventNamed(snapshot, GATE_EVENT)
  if (gate && gate.status !== 'Pending' && gate.status !== 'Skipped') {
    prober.enter('gate', gate.startedAt)
  }
  const shift = eventNamed(snapshot, SHIFT_EVENT)
  if (shift && shift.status !== 'Pending' && shift.status !== 'Skipped') {
    prober.enter('shift', shift.startedAt)
    if (shift.status === 'Succeeded') prober.enter('after', shift.endedAt)
  }
}

function nothing(
  summary: string,
  required: boolean,
  rate: number,
  startedAt: number,
  endedAt: number
): AvailabilityEvidence {
  return {
    section: 'availability',
    name: 'availability',
    required,
    verdict: 'unknown',
    summary,
    startedAt,
    endedAt,
    rate,
    total: 0,
    failed: 0,
    phases: [],
    failures: [],
    seconds: []
  }
}
