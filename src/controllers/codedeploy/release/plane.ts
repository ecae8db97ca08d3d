import type { DeploymentGroupInfo } from '@aws-sdk/client-codedeploy'
import type { Backoff } from '../../../aws/backoff.ts'
import { deploymentUrl, nameOf } from '../../../aws/console-url.ts'
import { kindOf } from '../../../aws/errors.ts'
import { explain } from '../../../aws/next-step.ts'
import { lookUps } from '../../../aws/look-ups.ts'
import type { DescribedTaskDefinition } from '../../../aws/task-definitions.ts'
import { sha256 } from '../../../ledger/canonical.ts'
import type { Controller } from '../../../release/controller.ts'
import type { Followed, RollbackCause } from '../../../release/followed.ts'
import { Refused } from '../../../release/refusal.ts'
import type { CheckResult } from '../../../release/report.ts'
import { waitLimitMinutes } from '../../../release/wait-limit.ts'
import { namedIn } from '../../../taskdef/named.ts'
import { baseRevision } from '../../base-revision.ts'
import {
  NotStarted,
  type ControllerContext,
  type ControlPlane,
  type Documents,
  type Green,
  type Listener,
  type Plan,
  type PlaneContext,
  type PlaneFactory,
  type Started
} from '../../control-plane.ts'
import { readFailureFacts } from '../../ecs-failure.ts'
import { stoppedTasksReader } from '../../stopped-tasks.ts'
import { checkNames, type ReleaseNames } from '../../names.ts'
import { readAppSpecFile, type AppSpecFile } from '../appspec/file.ts'
import { GATE_EVENT, type AppSpec } from '../appspec/model.ts'
import { withTaskDefinition } from '../appspec/pin.ts'
import { serialise } from '../appspec/serialise.ts'
import { withCodeDeploy, type CodeDeployClients } from '../clients.ts'
import { originOfListener } from '../reader/listener-origin.ts'
import { routesOf } from '../reader/routes.ts'
import { readSnapshot } from '../reader/snapshot.ts'
import { stopDeployment } from '../reader/stop.ts'
import { targetHealthReader } from '../reader/target-health.ts'
import { AnotherIsActive, createDeployment } from './create.ts'
import { differenceFrom } from './differs.ts'
import type { FoundGroup } from './discovery.ts'
import { readOldTasks } from '../../old-tasks.ts'
import { greenFleet } from './green-fleet.ts'
import { documentProblems, makePlan, type CodeDeployPlan } from './plan.ts'
import { preflight, rollsBackOn } from './preflight.ts'
import { previousRelease } from './previous.ts'
import { survey, type Facts } from './survey.ts'
import { findSides } from './target-groups.ts'
import { GREEN_MINUTES, HOOK_MINUTES, waitsOf } from './waits.ts'
import { whereOf, withDeploymentLinks } from './where.ts'
import { say } from '../../../words/say.ts'

/** How long a group's owner is looked for, or a lost answer, or a throttled call. */
const PATIENCE_MS = 120_000

/** The gate expires so many minutes before CodeDeploy's hour has passed (gate/request/facts.ts). */
const SPARE_OF_GATE = 5

/** What CreateDeployment is called with; undefined if the pre-flight has found something against it. */
interface Wanted {
  readonly group: FoundGroup
  readonly appSpec: AppSpec
}

type Own = Wanted | undefined

/** AWS CodeDeploy, which deploys services of the controller CODE_DEPLOY (aws-semantics 1). */
export const codeDeploy: PlaneFactory = {
  kind: 'codedeploy',
  deploymentController: 'CODE_DEPLOY',
  open: (context) => openPlane(context),
  openController: (context) => openController(context, withCodeDeploy(context.clients))
}

function openController(
  { optionalReads, clock, cluster, service }: ControllerContext,
  clients: CodeDeployClients
): Controller {
  const health = targetHealthReader(clients, optionalReads, clock)
  const stoppedTasks = stoppedTasksReader(clients, optionalReads, cluster, nameOf(service))
  const targetId = `${nameOf(cluster)}:${nameOf(service)}`
  return {
    read: (deploymentId, detail) =>
      readSnapshot(
        { clients, clock, optionalReads, health, stoppedTasks, targetId },
        deploymentId,
        detail
      ),
    stop: (deploymentId, rollback) => stopDeployment(clients, deploymentId, rollback)
  }
}

function openPlane(context: PlaneContext): ControlPlane<Facts, AppSpecFile, Own> {
  const { settings, optionalReads, region, logger } = context
  const clients = withCodeDeploy(context.clients)
  const controller = openController({ ...context, ...settings }, clients)
  let group: DeploymentGroupInfo | undefined

  return {
    ...controller,
    kind: codeDeploy.kind,
    readFiles: (files) => readAppSpecFile(settings.appSpec, files),
    check: (documents) => documentProblems(settings, documents),

    async survey() {
      const facts = await survey({ clients, optionalReads, backoff: backoff() }, settings)
      group = 'value' in facts.group ? facts.group.value.info : undefined
      return { where: whereOf(region, settings, facts), facts }
    },

    async plan(facts: Facts, documents: Documents<AppSpecFile>) {
      const plan = makePlan(settings, facts, documents, await base(facts))
      const names = await checkNames(namesOf(plan, facts), lookUps(clients, optionalReads))
      return planFrom(facts, plan, names)
    },

    async start({ own }: Plan<Own>, revision, description): Promise<Started> {
      if (own === undefined || revision === undefined) {
        throw new Error(say`the pre-flight has let a release pass that cannot be created`)
      }
      const appSpec = serialise(withTaskDefinition(own.appSpec, revision))
      const { deploymentConfig } = settings
      const wanted = { ...own.group, deploymentConfig, description, appSpec }
      try {
        const made = await createDeployment(
          clients,
          { ...wanted, sha256: sha256(appSpec) },
          backoff()
        )
        return { deploymentId: made.id, recovered: made.recovered }
      } catch (error) {
        const kind = kindOf(error)
        const isCertain =
          kind === 'refused' || kind === 'denied' || error instanceof AnotherIsActive
        const message = `CreateDeployment: ${explain(error)}`
        throw new NotStarted(message, isCertain, { cause: error })
      }
    },

    placed: (where, { deploymentId, revision, hooks }) => ({
      where: withDeploymentLinks(where, region, {
        deploymentId,
        taskDefinitionArn: revision,
        gateFunction: hooks[GATE_EVENT]
      }),
      lookWith: `aws deploy get-deployment --deployment-id ${deploymentId} --region ${region}`
    }),
    urlOf: (deploymentId) => deploymentUrl(region, deploymentId),
    limits: {
      by: 'CodeDeploy',
      greenMinutes: GREEN_MINUTES,
      gateMinutes: HOOK_MINUTES - (settings.ledgerTable === undefined ? 0 : SPARE_OF_GATE),
      stopWith: (deploymentId) =>
        `aws deploy stop-deployment --deployment-id ${deploymentId} --auto-rollback-enabled --region ${region}`
    },
    green,

    explain: ({ revision }, since) =>
      readFailureFacts(clients, optionalReads, settings, {
        taskDefinitionArn: revision ?? '',
        since
      }),
    oldTasks: (since) => readOldTasks(clients, optionalReads, settings, since)
  }

  function backoff(): Backoff {
    const { clock, random, cancelled } = context
    return { clock, random, limitMs: PATIENCE_MS, signal: cancelled }
  }

  /** Errors: Refused. */
  function base({
    service,
    running,
    group: found
  }: Facts): Promise<DescribedTaskDefinition | undefined> {
    return baseRevision({
      clients,
      source: settings.taskDefinition,
      running: 'missing' in service ? service : running,
      previous: async (arn) => {
        if (!('value' in found)) throw new Refused([say`deployment group: ${found.missing}`])
        const previous = await previousRelease(clients, found.value, arn)
        const { taskDefinition, deploymentId } = previous
        logger.info(say`going back to ${taskDefinition}, released by ${deploymentId}`)
        return taskDefinition
      }
    })
  }

  function planFrom(facts: Facts, plan: CodeDeployPlan, names: readonly CheckResult[]): Plan<Own> {
    const { appSpec, revision } = plan
    const { active, routing } = facts
    const found = 'value' in facts.group ? facts.group.value : undefined
    const config = found?.info.autoRollbackConfiguration
    return {
      revision,
      shown: (arn) =>
        appSpec && serialise(arn === undefined ? appSpec : withTaskDefinition(appSpec, arn)),
      checks: [...preflight(settings, facts, plan), ...names],
      active: active && {
        id: active.id,
        differs: () => differenceFrom({ clients, optionalReads, settings, facts, plan }, active.id)
      },
      watchedAs: found && `${found.application}/${found.deploymentGroup}`,
      longestMinutes:
        appSpec && found
          ? waitLimitMinutes(settings.waitFor, waitsOf(appSpec, found.info, routing))
          : 0,
      listeners: listenersOf(facts),
      following: {
        gate: plan.gate.kind,
        onlyHook: plan.onlyHook,
        hooks: Object.fromEntries(appSpec?.hooks.map((hook) => [hook.event, hook.function]) ?? []),
        rollsBackOn: CAUSES.flatMap(([event, cause]) => (rollsBackOn(config, event) ? [cause] : []))
      },
      own: found && appSpec && { group: found, appSpec }
    }
  }

  function green({ deploymentId }: Followed): Green {
    const own = { ...context, ...settings, clients, controller, deploymentId }
    const fleet = greenFleet(own)
    return {
      origin: async (listener) =>
        group && originOfListener({ clients, optionalReads }, group, listener),
      sides: (names) => findSides({ clients, optionalReads }, names),
      fleets: { green: fleet, blue: greenFleet({ ...own, side: 'blue' }) },
      images: () => fleet.images()
    }
  }
}

function namesOf({ revision, appSpec }: CodeDeployPlan, { service }: Facts): ReleaseNames {
  return {
    ...namedIn(revision.registration),
    functions: appSpec?.hooks.map((hook) => hook.function) ?? [],
    account: 'value' in service ? service.value.serviceArn?.split(':')[4] : undefined
  }
}

/** When a group rolls back by itself (aws-semantics 1.3). */
const CAUSES = [
  ['DEPLOYMENT_FAILURE', 'failure'],
  ['DEPLOYMENT_STOP_ON_REQUEST', 'request'],
  ['DEPLOYMENT_STOP_ON_ALARM', 'alarm']
] as const satisfies readonly (readonly [string, RollbackCause])[]

function listenersOf({ group, listeners }: Facts): Plan['listeners'] {
  const routes = 'value' in group ? routesOf(group.value.info) : undefined
  const listener = (side: 'test' | 'production'): Listener => {
    if (routes?.[side] === undefined) return 'none'
    const state = listeners?.[side]
    if (state?.isSecure) return 'tls'
    const found = state?.routes ?? []
    const isWhole = found.some(({ rule }) => rule === undefined)
    return !isWhole && found.some(({ wantsMore }) => wantsMore) ? 'by-rule' : 'plain'
  }
  return { test: listener('test'), production: listener('production') }
}
