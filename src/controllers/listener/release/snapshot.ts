import type {
  GateState,
  SideShares,
  Snapshot,
  Stage,
  Step,
  StepStatus,
  TaskSetState
} from '../../../release/snapshot.ts'
import { say } from '../../../words/say.ts'
import type { Move } from '../move.ts'
import { shareOf } from '../weights.ts'
import { deployName, stepName, type Course, type MoveLeg } from './legs.ts'
import type { SeenMove } from './moves.ts'
import { backWords, type CourseState, type LegState } from './run-course.ts'

/** Of which release a snapshot is, and how its gate is known. */
export interface SnapshotOf {
  readonly course: Course
  readonly releaseId: string
  /** Names of the target groups, as CloudWatch's dimensions are found by them. */
  readonly groups: { readonly blue: string; readonly green: string }
  readonly hasGate: boolean
  readonly at: number
}

/** The id under which the way back is shown: as with other control planes it is followed by itself. */
export function backIdOf(releaseId: string): string {
  return `${releaseId}-back`
}

/** What is shown of a release: each leg's deployment, each step, and how it ended. */
export function snapshotOf(about: SnapshotOf, state: CourseState): Snapshot {
  const { releaseId, at } = about
  const ended = endOf(about, state)
  const main = mainMove(state)
  return {
    at,
    deploymentId: releaseId,
    ...ended,
    gate: main?.seen?.gate ?? (about.hasGate ? 'ahead' : 'none'),
    isRollback: false,
    hookTimedOut: false,
    createdAt: state.createdAt,
    completedAt: state.end?.at,
    steps: state.legs.flatMap((leg, place) => [
      ...readyStep(state, place),
      ...stepsOf(leg, about, state.end !== undefined)
    ]),
    traffic: trafficOf(state),
    taskSets: taskSetsOf(about, state),
    targets: state.targets,
    terminationWait: false,
    sides: sidesOf(about, state)
  }
}

/** What each side gets by the weights that were read last, or by those of the start if none were read. */
function sidesOf({ course: { live, idle } }: SnapshotOf, { legs }: CourseState): SideShares {
  const moves = legs.flatMap(({ leg, seen, endedAt }) =>
    leg.kind === 'move' ? [{ leg, seen, endedAt }] : []
  )
  const last = moves.findLast(({ seen }) => seen !== undefined) ?? moves[0]
  const { confirmed = last?.leg.start, foreign } = last?.seen?.move ?? {}
  const now = foreign ?? (last?.endedAt === undefined ? last?.seen?.live : undefined) ?? confirmed
  const share = (now && shareOf(now)) ?? 0
  const ofIdle = last?.leg.to === idle ? share : 100 - share
  return { from: { name: live.name, share: 100 - ofIdle }, to: { name: idle.name, share: ofIdle } }
}

/** The way back, as a deployment of its own. */
export function backSnapshot(about: SnapshotOf, state: CourseState): Snapshot {
  const { end } = state
  const seen =
    end?.kind === 'moved-back' ? state.legs.find(({ leg }) => leg === end.leg)?.seen : undefined
  const move = seen?.move
  const isStuck = seen?.stuck !== undefined
  // Without a move nothing had moved, so there was nothing to move back.
  const status = isStuck
    ? 'failed'
    : move === undefined || move.state === 'restored'
      ? 'succeeded'
      : move.state === 'restoring'
        ? 'running'
        : 'failed'
  return {
    at: about.at,
    deploymentId: backIdOf(about.releaseId),
    state: status,
    status: WORDS[status],
    gate: 'none',
    isRollback: true,
    stoppedBy: undefined,
    hookTimedOut: false,
    error:
      status === 'failed'
        ? {
            code: undefined,
            message: seen?.stuck ?? foreignWords(seen) ?? say`the start weights did not come back`
          }
        : undefined,
    createdAt: end?.at,
    completedAt: status === 'running' ? undefined : move?.since,
    steps: [
      step(
        say`start weights`,
        'shift',
        status === 'running' ? 'InProgress' : status === 'succeeded' ? 'Succeeded' : 'Failed',
        end?.at,
        status === 'running' ? undefined : move?.since
      )
    ],
    traffic: trafficOf(state),
    taskSets: [],
    targets: undefined,
    rollback: undefined,
    terminationWait: false,
    sides: sidesOf(about, state)
  }
}

const WORDS: Readonly<Record<Snapshot['state'], string>> = {
  created: 'Created',
  running: 'InProgress',
  waiting: 'Waiting',
  succeeded: 'Succeeded',
  failed: 'Failed',
  stopped: 'Stopped'
}

type Ended = Pick<Snapshot, 'state' | 'status' | 'stoppedBy' | 'error' | 'rollback'>

function endOf(about: SnapshotOf, state: CourseState): Ended {
  const { end } = state
  switch (end?.kind) {
    case undefined:
      return ended('running')
    case 'completed':
      return ended('succeeded')
    case 'failed':
      return ended('failed', end.message)
    case 'stopped': {
      const back = end.rollback
        ? { deploymentId: backIdOf(about.releaseId), message: undefined }
        : undefined
      return { ...ended('stopped'), stoppedBy: 'request', rollback: back }
    }
    case 'moved-back':
      return movedBack(about, state, end.leg)
  }
}

function ended(state: Snapshot['state'], message?: string): Ended {
  return {
    state,
    status: WORDS[state],
    stoppedBy: undefined,
    error: message === undefined ? undefined : { code: undefined, message },
    rollback: undefined
  }
}

function movedBack(about: SnapshotOf, state: CourseState, leg: MoveLeg): Ended {
  const seen = state.legs.find((each) => each.leg === leg)?.seen
  const move = seen?.move
  const cause = move?.cause
  const message = foreignWords(seen) ?? backWords(cause) ?? seen?.stuck
  const isStop = cause?.kind === 'person' || cause?.kind === 'cancelled' || cause?.kind === 'halted'
  // After the release proper all sides have the new revision, so nothing of it is taken back.
  const isBack =
    (move?.state === 'restoring' || move?.state === 'restored') && leg.role !== 'balance'
  const back = isBack ? { deploymentId: backIdOf(about.releaseId), message } : undefined
  if (isStop && move?.state !== 'foreign') {
    return { ...ended('stopped', message), stoppedBy: 'request', rollback: back }
  }
  const hasMoved = seen?.past.some(({ state: was }) => was === 'writing') ?? false
  return {
    ...ended('failed', message),
    rollback: hasMoved || cause?.kind === 'condition' ? back : undefined
  }
}

/** What somebody else has put there, and what was expected. */
export function foreignWords(seen: SeenMove | undefined): string | undefined {
  if (seen?.move.state !== 'foreign') return undefined
  const { confirmed, foreign } = seen.move
  const expected = say`${confirmed.from} and ${confirmed.to}`
  if (!foreign) {
    return say`somebody else has changed the listener while traffic moved: the weights were to be ${expected}, and it does not forward to these two target groups any more; it was left as it is`
  }
  return say`somebody else has changed the weights while traffic moved: they were to be ${expected}, and they are ${foreign.from} and ${foreign.to}; they were left as they are`
}

function mainMove({ legs }: CourseState): LegState | undefined {
  return legs.find(({ leg }) => leg.kind === 'move' && leg.role === 'release')
}

/**
 * Shares of the new revision and of the one before, which are not always those of the two sides:
 * before the release proper neither side has the new one, and after it both have.
 */
function trafficOf(state: CourseState): NonNullable<Snapshot['traffic']> {
  const main = mainMove(state)
  const seen = main?.seen
  if (!seen) return { blue: 100, green: 0 }
  const shown =
    main.endedAt === undefined ? (seen.live ?? seen.move.confirmed) : seen.move.confirmed
  const green = shareOf(shown) ?? 0
  return { blue: 100 - green, green }
}

function taskSetsOf({ groups }: SnapshotOf, state: CourseState): readonly TaskSetState[] {
  const { blue, green } = trafficOf(state)
  const rollout = state.legs.find(({ leg }) => leg.kind === 'deploy')?.rollout
  const total = state.targets?.length ?? 0
  const counts = {
    desired: rollout?.desired ?? total,
    pending: rollout?.pending ?? 0,
    running: rollout?.running ?? total
  }
  const none = { desired: 0, pending: 0, running: 0 }
  return [
    { label: 'blue', status: 'ACTIVE', ...none, weight: blue, targetGroup: groups.blue },
    { label: 'green', status: 'ACTIVE', ...counts, weight: green, targetGroup: groups.green }
  ]
}

function stepsOf(state: LegState, about: SnapshotOf, isOver: boolean): readonly Step[] {
  const { leg } = state
  if (leg.kind === 'deploy') {
    const status = deployStatus(state, isOver)
    const stage: Stage = leg.role === 'green' ? 'install' : 'after-shift'
    return [step(deployName(leg), stage, status, state.startedAt, state.endedAt)]
  }
  const move = state.seen
  const steps = leg.steps.flatMap((each, place) => {
    const shift = step(
      stepName(leg, each.share),
      STAGE[leg.role],
      ...shiftOf(move, leg, place, isOver)
    )
    if (!each.asks || !about.hasGate) return [shift]
    const name = say`approval of ${stepName(leg, each.share)}`
    const stage: Stage | undefined = leg.role === 'release' ? 'gate' : undefined
    return [step(name, stage, ...askOf(move, place, isOver)), shift]
  })
  const last = leg.steps.at(-1)
  if (!last || last.bakeMs === 0) return steps
  const stage = leg.role === 'release' ? 'bake' : STAGE[leg.role]
  return [...steps, step(say`watch ${leg.to.name}`, stage, ...bakeOf(move, leg, isOver))]
}

/**
 * If nothing is deployed, the side is ready for what it is asked as soon as the release proper
 * comes, so this step stands where a deployment would.
 */
function readyStep({ legs, end, createdAt }: CourseState, place: number): readonly Step[] {
  const { leg } = legs[place] ?? {}
  if (leg?.kind !== 'move' || leg.role !== 'release') return []
  const before = legs[place - 1]
  if (before?.leg.kind === 'deploy') return []
  const at = before ? before.endedAt : createdAt
  const name = say`${leg.to.name} is ready`
  if (at !== undefined) return [step(name, 'install', 'Succeeded', at, at)]
  return [step(name, 'install', end ? 'Skipped' : 'Pending', undefined, undefined)]
}

/** Before the release proper a step decides nothing; after it all traffic is on the new revision. */
const STAGE: Readonly<Record<MoveLeg['role'], Stage | undefined>> = {
  gather: undefined,
  release: 'shift',
  balance: 'after-shift'
}

type Timed = [StepStatus, number | undefined, number | undefined]

function deployStatus({ startedAt, endedAt }: LegState, isOver: boolean): StepStatus {
  if (startedAt === undefined) return isOver ? 'Skipped' : 'Pending'
  if (endedAt !== undefined) return 'Succeeded'
  return isOver ? 'Failed' : 'InProgress'
}

interface Stay {
  readonly state: Move['state']
  readonly step: number
  readonly at: number
}

function staysOf({ past, move }: SeenMove): readonly Stay[] {
  return [...past, { state: move.state, step: move.step, at: move.since }]
}

function isBad({ state }: Pick<Move, 'state'>): boolean {
  return state === 'restoring' || state === 'restored' || state === 'foreign'
}

/** A step is under way from its write until it has been watched; the last one until it is written. */
function shiftOf(seen: SeenMove | undefined, leg: MoveLeg, place: number, isOver: boolean): Timed {
  const unbegun: Timed = [isOver ? 'Skipped' : 'Pending', undefined, undefined]
  if (!seen) return unbegun
  const stays = staysOf(seen)
  const begun = stays.find(({ state, step: at }) => state === 'writing' && at === place)
  if (!begun) return unbegun
  const isLast = place === leg.steps.length - 1
  const after = stays.find(
    ({ state, step: at, at: since }) =>
      since >= begun.at &&
      (at > place ||
        (at === place &&
          state !== 'writing' &&
          state !== 'waiting' &&
          (isLast || state !== 'baking')))
  )
  if (!after) return ['InProgress', begun.at, undefined]
  const isFailed = after.step === place && isBad(after)
  return [isFailed ? 'Failed' : 'Succeeded', begun.at, after.at]
}

function bakeOf(seen: SeenMove | undefined, leg: MoveLeg, isOver: boolean): Timed {
  const place = leg.steps.length - 1
  const stays = seen ? staysOf(seen) : []
  const begun = stays.findIndex(({ state, step: at }) => state === 'baking' && at === place)
  const from = stays[begun]
  if (!from) return [isOver ? 'Skipped' : 'Pending', undefined, undefined]
  const after = stays[begun + 1]
  if (!after) return ['InProgress', from.at, undefined]
  return [isBad(after) ? 'Failed' : 'Succeeded', from.at, after.at]
}

const ANSWERED: Readonly<Record<GateState, StepStatus>> = {
  none: 'InProgress',
  ahead: 'InProgress',
  open: 'InProgress',
  passed: 'Succeeded',
  refused: 'Failed',
  'timed-out': 'Failed',
  unreached: 'Failed'
}

function askOf(seen: SeenMove | undefined, place: number, isOver: boolean): Timed {
  const unbegun: Timed = [isOver ? 'Skipped' : 'Pending', undefined, undefined]
  if (!seen) return unbegun
  const stays = staysOf(seen)
  const begun = stays.findIndex(({ state, step: at }) => state === 'waiting' && at === place)
  const from = stays[begun]
  if (!from) return unbegun
  const after = stays[begun + 1]
  if (!after) return [ANSWERED[seen.gate], from.at, undefined]
  return [isBad(after) || after.state === 'left' ? 'Failed' : 'Succeeded', from.at, after.at]
}

function step(
  name: string,
  stage: Stage | undefined,
  status: StepStatus,
  startedAt: number | undefined,
  endedAt: number | undefined
): Step {
  return { name, stage, status, startedAt, endedAt, diagnostics: undefined }
}
