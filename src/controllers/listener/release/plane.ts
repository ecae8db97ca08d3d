import { lookUps } from '../../../aws/look-ups.ts'
import { describeError, kindOf } from '../../../aws/errors.ts'
import { explain } from '../../../aws/next-step.ts'
import type { DescribedTaskDefinition } from '../../../aws/task-definitions.ts'
import { ProblemsError } from '../../../documents/problems.ts'
import { CannotSee, CannotStop, type Controller } from '../../../release/controller.ts'
import { Refused } from '../../../release/refusal.ts'
import type { CheckResult } from '../../../release/report.ts'
import type { FailoverSettings } from '../../../release/settings.ts'
import type { Snapshot } from '../../../release/snapshot.ts'
import { namedIn } from '../../../taskdef/named.ts'
import { say } from '../../../words/say.ts'
import { baseRevision } from '../../base-revision.ts'
import {
  NotStarted,
  type ControllerContext,
  type ControlPlane,
  type Documents,
  type Plan,
  type PlaneContext,
  type Started
} from '../../control-plane.ts'
import { readFailureFacts } from '../../ecs-failure.ts'
import { checkNames } from '../../names.ts'
import { planRevision, registrationOfEdited, type PlannedRevision } from '../../revision-plan.ts'
import { stoppedTasksReader, type StoppedTasksReader } from '../../stopped-tasks.ts'
import { emptySide, readDrained } from './drained.ts'
import { openGreen, originOf } from './green.ts'
import { writeCourse } from './kept-course.ts'
import { leftCourse } from './left-course.ts'
import { shownCourse, type Course } from './legs.ts'
import { movesHost } from './hosts.ts'
import type { ReleaseOfMoves } from './moves.ts'
import { courseOf, directionOf, longestMinutes, neededTargets, type Direction } from './plan.ts'
import { preflight } from './preflight-release.ts'
import { runCourse, type RunningCourse } from './run-course.ts'
import { backIdOf, backSnapshot, snapshotOf, type SnapshotOf } from './snapshot.ts'
import { survey, type Facts, type FindMoving } from './survey.ts'
import { lookAtRoute, whereOf } from './where.ts'

export const KIND = 'listener'

type Wanted = Pick<ReleaseOfMoves, 'course' | 'needed' | 'metrics'>

type Own = Wanted | undefined

/** A release that runs in this process. */
interface Running {
  readonly about: Omit<SnapshotOf, 'at'>
  readonly run: RunningCourse
}

/** For a caller that only looks after a release that exists. */
export function openLeft(context: ControllerContext): Controller {
  return leftCourse({ ...context, kept: context.kept })
}

/**
 * Failover between two production groups: the weights of one listener or rule. ECS deploys to the
 * side without traffic, and a mover moves the weights, which is the job itself or the gate's
 * functions.
 */
export function openPlane(
  context: PlaneContext,
  failover: FailoverSettings,
  findMoving: FindMoving
): ControlPlane<Facts, undefined, Own> {
  const { settings, clients, optionalReads, clock, region, random } = context
  const { cluster } = settings
  const { ledgerTable } = settings
  const host = movesHost({ clients, clock, ledgerTable })
  let facts: Facts | undefined
  let running: Running | undefined
  let isHeld = false
  let reader: StoppedTasksReader | undefined

  return {
    kind: KIND,
    readFiles: () => Promise.resolve(undefined),
    check: ({ taskDefinition }) =>
      taskDefinition ? problemsOf(() => registrationOfEdited(taskDefinition, settings.edits)) : [],

    async survey() {
      facts = await survey(
        { clients, optionalReads, before: host.before, findMoving },
        failover,
        cluster
      )
      return { where: whereOf(region, settings, failover, facts), facts }
    },

    async plan(found: Facts, documents: Documents<undefined>) {
      const direction = directionOf(failover, found)
      const course = courseOf(failover, found, direction)
      const revision = await revisionOf(found, direction, documents)
      const checks = preflight(settings, failover, {
        facts: found,
        direction,
        course,
        revision,
        hasGate: host.hasGate
      })
      const names = revision ? await namesOf(revision, found) : []
      return planOf(found, direction, course, revision, [...checks, ...names], documents)
    },

    async start({ own }: Plan<Own>, revision): Promise<Started> {
      if (!own) throw new Error(say`the pre-flight has let a release pass that cannot be created`)
      const deploymentId = newReleaseId(random)
      running = begun(own, deploymentId, revision)
      try {
        await running.run.begin()
      } catch (error) {
        if (error instanceof NotStarted) throw error
        const kind = kindOf(error)
        const message = say`the release could not begin: ${explain(error)}`
        throw new NotStarted(message, kind === 'refused' || kind === 'denied', { cause: error })
      }
      return { deploymentId, recovered: false }
    },

    async read(deploymentId) {
      const { run, about } = ownOf(deploymentId)
      const state = await run.advance()
      const now = { ...about, at: clock.now() }
      if (deploymentId === backIdOf(about.releaseId)) return backSnapshot(now, state)
      return withStoppedTasks(snapshotOf(now, state), state.legs)
    },

    async stop(deploymentId, rollback) {
      const { run } = ownOf(deploymentId)
      try {
        await run.stop(rollback)
      } catch (error) {
        if (error instanceof CannotStop) throw error
        throw new CannotStop(describeError(error), false, { cause: error })
      }
    },

    placed: (where) => ({ where, lookWith: lookAtRoute(region, facts) }),
    urlOf: () => whereOf(region, settings, failover, facts).consoleLinks[0]?.url ?? '',
    holdFor(asked) {
      isHeld = true
      const release = (): void => {
        isHeld = false
      }
      asked.then(release, release)
    },
    green: () =>
      openGreen({ clients, optionalReads, settings, failover, facts, green: released() }),

    explain: ({ revision }, since) =>
      readFailureFacts(
        clients,
        optionalReads,
        { ...settings, service: released()?.service ?? '' },
        { taskDefinitionArn: revision ?? '', since }
      ),
    oldTasks: () => Promise.resolve(undefined),
    async drained(cancelled) {
      const empty = running && emptySide((await running.run.advance()).legs)
      if (!empty) return undefined
      const route = facts && 'value' in facts.route ? facts.route.value : undefined
      const loadBalancer = route?.listener.LoadBalancerArn
      return readDrained({ clients, optionalReads, clock, loadBalancer, cancelled }, empty)
    }
  }

  function ownOf(deploymentId: string): Running {
    const id = running?.about.releaseId
    if (running && (deploymentId === id || deploymentId === backIdOf(id ?? ''))) return running
    throw new CannotSee('refused', say`${deploymentId} was begun by another run`)
  }

  function released(): Course['idle'] | undefined {
    return running?.about.course.idle
  }

  function begun(
    { course, needed, metrics }: Wanted,
    releaseId: string,
    revision: string | undefined
  ): Running {
    const nameOfGroup = (arn: string): string => arn.split('/').at(-2) ?? arn
    const { forceNewDeployment } = settings
    const { hasGate } = host
    const shared = { course, releaseId, revision, cluster, forceNewDeployment, needed, hasGate }
    const moves = host.open({
      deploymentId: releaseId,
      createdAt: clock.now(),
      cluster,
      service: settings.service,
      course,
      needed,
      metrics
    })
    return {
      about: {
        course,
        releaseId,
        hasGate: host.hasGate,
        groups: {
          blue: nameOfGroup(course.live.targetGroup),
          green: nameOfGroup(course.idle.targetGroup)
        }
      },
      run: runCourse({ ...shared, clients, clock, moves, mayMove: () => !isHeld })
    }
  }

  /** Tasks that end by themselves while a side is deployed. */
  async function withStoppedTasks(
    snapshot: Snapshot,
    legs: Awaited<ReturnType<RunningCourse['advance']>>['legs']
  ): Promise<Snapshot> {
    const now = legs.find(
      ({ startedAt, endedAt }) => startedAt !== undefined && endedAt === undefined
    )
    const { leg, rollout } = now ?? {}
    if (leg?.kind !== 'deploy' || rollout?.id === undefined) return snapshot
    const { service = '' } = leg.side
    reader ??= stoppedTasksReader(clients, optionalReads, cluster, service)
    return { ...snapshot, stoppedTasks: await reader(rollout.id) }
  }

  async function revisionOf(
    { deployed }: Facts,
    direction: Direction | string | undefined,
    { taskDefinition }: Documents<undefined>
  ): Promise<PlannedRevision | undefined> {
    // Without a direction the release is refused, and what would be released is not known.
    if (!deployed || typeof direction !== 'object') return undefined
    const live = deployed[direction.live]
    const idle = deployed[direction.live === 0 ? 1 : 0]
    const base = await baseRevision({
      clients,
      source: settings.taskDefinition,
      running: live.running,
      previous: (arn) => Promise.resolve(previousOf(arn, idle.running))
    })
    const serving = 'value' in live.running ? live.running.value : undefined
    const problems: string[] = []
    try {
      return planRevision(settings, taskDefinition, base, serving)
    } catch (error) {
      if (!(error instanceof ProblemsError)) throw error
      problems.push(...error.problems.map((problem) => `\`task-definition\`: ${problem}`))
    }
    throw new Refused(problems)
  }

  function namesOf(revision: PlannedRevision, { deployed }: Facts): Promise<CheckResult[]> {
    const [first] = deployed ?? []
    const service = first && 'value' in first.service ? first.service.value : undefined
    const account = service?.serviceArn?.split(':')[4]
    const named = { ...namedIn(revision.registration), functions: [], account }
    return checkNames(named, lookUps(clients, optionalReads))
  }

  function planOf(
    found: Facts,
    direction: Direction | string | undefined,
    course: Course | undefined,
    revision: PlannedRevision | undefined,
    checks: readonly CheckResult[],
    { verification }: Documents<undefined>
  ): Plan<Own> {
    const needed = neededTargets(failover, found, direction)
    return {
      revision,
      shown: (arn) => course && shownCourse(course, arn),
      checks,
      active: undefined,
      watchedAs: undefined,
      longestMinutes: course ? longestMinutes(course, host.hasGate) : 0,
      listeners: {
        test: originOf(settings, failover, course?.idle) === undefined ? 'none' : 'plain',
        production: productionListener(found)
      },
      following: {
        gate: host.hasGate ? 'hook' : 'none',
        onlyHook: true,
        hooks: {},
        rollsBackOn: [],
        kept: course && writeCourse(course, ledgerTable)
      },
      askAfter: 'install',
      own: course && { course, needed, metrics: verification?.metrics }
    }
  }
}

/** With which revision a rollback begins: what the side without traffic has, which served before. */
function previousOf(
  arn: string,
  idle: { readonly value: DescribedTaskDefinition } | { readonly missing: string }
): string {
  if (!('value' in idle)) throw new Refused([`\`rollback-to\`: ${idle.missing}`])
  if (idle.value.arn !== arn) return idle.value.arn
  throw new Refused([
    say`\`rollback-to: previous\`: both sides run ${arn.split('/').at(-1) ?? arn}, so which revision served before is not known; name it`
  ])
}

function productionListener({ route }: Facts): Plan['listeners']['production'] {
  if (!('value' in route)) return 'none'
  const { kind, listener } = route.value
  if (listener.Protocol !== 'HTTP') return 'tls'
  return kind === 'rule' ? 'by-rule' : 'plain'
}

function problemsOf(make: () => unknown): readonly string[] {
  try {
    make()
    return []
  } catch (error) {
    if (!(error instanceof ProblemsError)) throw error
    return error.problems.map((problem) => `\`task-definition\`: ${problem}`)
  }
}

/** As short as CodeDeploy's ids, and told apart from them by its first letter. */
const ID_LENGTH = 9
const ID_LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'

function newReleaseId(random: () => number): string {
  const letter = (): string => ID_LETTERS.charAt(Math.floor(random() * ID_LETTERS.length))
  return `f-${Array.from({ length: ID_LENGTH }, letter).join('')}`
}
