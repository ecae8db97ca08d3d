import type { AutoRollbackConfiguration } from '@aws-sdk/client-codedeploy'
import { routesOf } from '../reader/routes.ts'
import type { CheckResult } from '../../../release/report.ts'
import type { Settings } from '../../../release/settings.ts'
import { wayOut } from '../appspec/file.ts'
import { ownsService } from './discovery.ts'
import { elsewhere } from '../../place.ts'
import { controllerOf } from '../../service.ts'
import type { CodeDeployPlan } from './plan.ts'
import { checkChange } from './preflight-change.ts'
import { checkGate, checkWatchdog, checkWhoAsks } from './preflight-gate.ts'
import { checkRouting } from './preflight-routing.ts'
import { checkContinue, checkWaitLimit } from './preflight-waits.ts'
import type { Facts } from './survey.ts'
import { say } from '../../../words/say.ts'

/** Every check of the pre-flight, in the order in which they are printed. Pure: the survey has read all of it. */
export function preflight(settings: Settings, facts: Facts, plan: CodeDeployPlan): CheckResult[] {
  return [
    checkService(settings, facts),
    checkGroup(settings, facts),
    checkChange(settings, facts, plan),
    checkEmptyValues(plan),
    ...checkAppSpec(plan),
    ...checkContainer(plan),
    checkGate(settings, facts, plan),
    checkContinue(facts, plan),
    checkWaitLimit(settings, facts, plan),
    checkWhoAsks(settings, plan),
    checkWatchdog(settings, plan),
    checkHooks(plan),
    checkActive(settings, facts),
    checkRollback(facts),
    checkTestListener(settings, facts),
    ...checkRouting(facts),
    checkDeploymentConfig(settings, facts)
  ].filter((check) => check !== undefined)
}

type Verdict = CheckResult['verdict']

function result(name: string, verdict: Verdict, reason: string): CheckResult {
  return { name, verdict, reason }
}

function checkService(settings: Settings, { service }: Facts): CheckResult {
  const name = 'service'
  if (!('value' in service)) {
    const { place } = settings
    const todo = place
      ? say`; by the ARN in \`${place.input}\` it is in account ${place.account}`
      : ''
    return result(name, 'NG', service.missing + todo)
  }
  const { status, serviceArn } = service.value
  const wrongPlace = elsewhere(settings.place, serviceArn)
  if (wrongPlace !== undefined) return result(name, 'NG', wrongPlace)
  if (status !== 'ACTIVE') {
    return result(
      name,
      'NG',
      say`"${settings.service}" is ${status ?? say`in no known status`}, not ACTIVE`
    )
  }
  const controller = controllerOf(service.value)
  if (controller !== 'CODE_DEPLOY') {
    return result(
      name,
      'NG',
      say`"${settings.service}" is controlled by ${controller}; this action releases services whose deployment controller is CODE_DEPLOY. A controller cannot be changed to it in place: create the service with \`deploymentController: {type: CODE_DEPLOY}\``
    )
  }
  return result(name, 'OK', say`ACTIVE, controlled by CODE_DEPLOY`)
}

function checkGroup(settings: Settings, { group }: Facts): CheckResult {
  const name = 'deployment group'
  if (!('value' in group)) return result(name, 'NG', group.missing)
  const { application, deploymentGroup, info, how } = group.value
  if (!ownsService(info, settings)) {
    const owned = (info.ecsServices ?? [])
      .map((service) => `${service.clusterName ?? '?'}/${service.serviceName ?? '?'}`)
      .join(', ')
    return result(
      name,
      'NG',
      say`"${deploymentGroup}" of "${application}" deploys ${owned || say`no ECS service`}, not ${settings.cluster}/${settings.service}`
    )
  }
  return result(name, 'OK', say`${application} / ${deploymentGroup} (found ${how})`)
}

/**
 * A variable without a value is kept, as the official deploy action keeps it.
 * Any other empty text may be what is left of a template's variable.
 */
function checkEmptyValues({
  revision: { emptied, leftOut }
}: CodeDeployPlan): CheckResult | undefined {
  const reasons = [
    ...(emptied.length === 0
      ? []
      : [
          say`no value in the task definition, so it is released as an empty one: ${emptied.join(', ')}`
        ]),
    ...(leftOut.length === 0
      ? []
      : [
          say`an empty text in the task definition, which AWS refuses or takes for none, so it is left out: ${leftOut.join(', ')}`
        ])
  ]
  return reasons.length === 0 ? undefined : result('empty values', 'WARN', reasons.join('; '))
}

function checkAppSpec({ appSpec, appSpecOrigin }: CodeDeployPlan): CheckResult[] {
  const name = 'AppSpec'
  if (appSpec === undefined) return []
  const { path, why, unread } = appSpecOrigin
  const from = path === undefined ? say`generated from what serves now` : say`read from ${path}`
  return [
    result(name, 'OK', `${from} (${why})`),
    ...unread.map((file) =>
      result(
        name,
        'WARN',
        say`${file} of the workspace is not read: without \`codedeploy-appspec\` only appspec.yaml is, as in the official deploy action; name it in \`codedeploy-appspec\` if it is meant`
      )
    )
  ]
}

function checkContainer({
  containerProblems,
  appSpec,
  appSpecOrigin
}: CodeDeployPlan): CheckResult[] {
  const name = 'container and port'
  if (appSpec === undefined) return []
  if (containerProblems.length > 0) {
    const { path } = appSpecOrigin
    const todo = path === undefined ? [] : [say`it is read from ${path}: ${wayOut()}`]
    return [result(name, 'NG', [...containerProblems, ...todo].join('; '))]
  }
  const { containerName, containerPort } = appSpec
  return [result(name, 'OK', say`${containerName}:${containerPort} is in the task definition`)]
}

function checkHooks({ appSpec }: CodeDeployPlan): CheckResult | undefined {
  if (appSpec === undefined) return undefined
  const named = appSpec.hooks.map((hook) => `${hook.event} -> ${hook.function}`)
  return result('hooks', 'OK', named.length > 0 ? named.join(', ') : say`none`)
}

function checkActive(settings: Settings, { active }: Facts): CheckResult {
  const name = 'active deployment'
  if (active === undefined) return result(name, 'OK', say`none`)
  if (settings.onActiveDeployment === 'fail') {
    return result(
      name,
      'NG',
      say`${active.id} is under way; wait for it, or set \`on-active-deployment\` to wait, stop or attach`
    )
  }
  return result(
    name,
    'OK',
    say`${active.id} is under way (on-active-deployment: ${settings.onActiveDeployment})`
  )
}

function checkRollback({ group }: Facts): CheckResult | undefined {
  if (!('value' in group)) return undefined
  if (rollsBackOn(group.value.info.autoRollbackConfiguration, 'DEPLOYMENT_FAILURE')) {
    return result('auto-rollback', 'OK', say`on failure`)
  }
  return result(
    'auto-rollback',
    'WARN',
    say`not configured for DEPLOYMENT_FAILURE: after a rejection or a failure green keeps running and listeners stay where they are`
  )
}

/** Whether the group rolls back by itself after this kind of end. */
export function rollsBackOn(
  config: AutoRollbackConfiguration | undefined,
  event: 'DEPLOYMENT_FAILURE' | 'DEPLOYMENT_STOP_ON_ALARM' | 'DEPLOYMENT_STOP_ON_REQUEST'
): boolean {
  return config?.enabled === true && (config.events ?? []).includes(event)
}

function checkTestListener(settings: Settings, { group, routing }: Facts): CheckResult | undefined {
  if (!('value' in group)) return undefined
  const name = 'test listener'
  if (routesOf(group.value.info).test !== undefined) return result(name, 'OK', say`configured`)
  if (settings.waitFor === 'test-traffic') {
    const reason = say`the deployment group has none, so \`wait-for: test-traffic\` would never be reached`
    return result(name, 'NG', reason)
  }
  if (routing?.type === 'AllAtOnce') {
    return result(
      name,
      'WARN',
      say`none, and all traffic moves at once: green's health checks start only when it serves users`
    )
  }
  return result(name, 'SKIP', say`none; green gets no traffic before the gate`)
}

function checkDeploymentConfig(
  settings: Settings,
  { routing, deploymentConfig, group }: Facts
): CheckResult | undefined {
  if (!('value' in group)) return undefined
  const name = 'traffic shift'
  if (deploymentConfig === undefined)
    return result(name, 'SKIP', say`the group names no deployment config`)
  if (routing === undefined) return result(name, 'SKIP', say`${deploymentConfig} could not be read`)
  const from = settings.deploymentConfig === undefined ? '' : say` (as asked)`
  return result(name, 'OK', `${deploymentConfig}${from}`)
}
