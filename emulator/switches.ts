/**
 * What no evidence settles about AWS (aws-semantics.md section 9, graded
 * UNVERIFIED). Each is a named switch with its settings, the default first:
 * the action is tested under all of them, and a test shows through an SDK
 * client that they differ.
 */
export const SWITCH_SETTINGS = {
  /** Whether the READY wait comes before or after the BeforeAllowTraffic hook. */
  readyWait: ['after-hook', 'before-hook'],
  /** Whether a hook's function is invoked once, or delivered again as an async invoke may be. */
  hookDelivery: ['once', 'duplicated'],
  /** Whether a rollback deployment invokes the hooks of its AppSpec. */
  rollbackHooks: ['not-invoked', 'invoked'],
  /** `errorInformation.code` when a hook's hour runs out. */
  hookTimeoutCode: ['TIMEOUT', 'HOOK_EXECUTION_FAILURE'],
  /** `errorInformation` of a deployment that a person stopped. */
  manualStopCode: ['MANUAL_STOP', 'absent'],
  /** What PutLifecycleEventHookExecutionStatus answers once the deployment has been stopped. */
  putAfterStop: [
    'LifecycleEventAlreadyCompletedException',
    'InvalidLifecycleEventHookExecutionIdException'
  ],
  /** Whether a wrong `appSpecContent.sha256` is refused. */
  appSpecSha256: ['ignored', 'checked'],
  /** Size limit of inline AppSpec content. */
  appSpecLimit: ['none', '64KiB'],
  /** Whether CodeDeploy's API throttles on its own. */
  codedeployThrottle: ['none', 'tight'],
  /** Status while a deployment waits to terminate blue. */
  terminationStatus: ['InProgress', 'Baking'],
  /** Whether CodeDeploy rewrites only the listener's default action or its rules too. */
  listenerRules: ['default-action-only', 'all-rules'],
  /** Upper bound of the READY wait. */
  readyWaitLimit: ['120h', 'none'],
  /** Whether StopDeployment without its flag rolls back when DEPLOYMENT_STOP_ON_REQUEST is configured. */
  stopWithoutFlag: ['follows-configuration', 'never-rolls-back'],
  /** When green becomes the PRIMARY task set. */
  primarySwitch: ['after-allow-traffic', 'after-after-allow-traffic'],
  /** Whether creating the deployment group already rewrites the listener to a weighted action. */
  groupRewritesListener: ['at-creation', 'at-first-deployment'],
  /** Where an AppSpec naming an unknown container or port is refused. */
  appSpecValidation: ['at-install', 'at-creation'],
  /** What `diagnostics` of a failed hook event holds. */
  hookDiagnostics: ['UnknownError', 'absent'],
  /** Whether an HTTP API hands a form's body over as base64, or as the text it is. */
  httpApiBody: ['base64', 'text'],
  /** What EventBridge, which delivers at least once and CodeDeploy's events with best effort, does: late is 90 seconds; only events of CodeDeploy are lost. */
  eventDelivery: ['once', 'duplicated', 'delayed', 'lost'],
  /**
   * What a minute without requests says of requests. AWS's guide of 2026
   * contradicts itself: its head says that without requests nothing is
   * reported, its table that counts are "reported if there are registered
   * targets" (before 2024: "there is a nonzero value"). What people have seen
   * are series without points where the count would be zero.
   */
  quietMinutes: ['unreported', 'zero'],
  /** How long after its begin CloudWatch shows a load balancer's minute; AWS says nothing, those who poll it have seen about two minutes. */
  metricsLag: ['two-minutes', 'none', 'five-minutes'],
  /**
   * Whether a service's task that StopTask ends gets its signal at once, before
   * the load balancer has let go of it (502s for 3 to 5 s, amazon-ecs-agent
   * #2316), or after draining, as "Task lifecycle" of ECS's guide reads.
   */
  stoppedTask: ['signalled-at-once', 'drained-first']
} as const

export type Switches = {
  -readonly [Name in keyof typeof SWITCH_SETTINGS]: (typeof SWITCH_SETTINGS)[Name][number]
}

export const DEFAULT_SWITCHES: Readonly<Switches> = {
  readyWait: SWITCH_SETTINGS.readyWait[0],
  hookDelivery: SWITCH_SETTINGS.hookDelivery[0],
  rollbackHooks: SWITCH_SETTINGS.rollbackHooks[0],
  hookTimeoutCode: SWITCH_SETTINGS.hookTimeoutCode[0],
  manualStopCode: SWITCH_SETTINGS.manualStopCode[0],
  putAfterStop: SWITCH_SETTINGS.putAfterStop[0],
  appSpecSha256: SWITCH_SETTINGS.appSpecSha256[0],
  appSpecLimit: SWITCH_SETTINGS.appSpecLimit[0],
  codedeployThrottle: SWITCH_SETTINGS.codedeployThrottle[0],
  terminationStatus: SWITCH_SETTINGS.terminationStatus[0],
  listenerRules: SWITCH_SETTINGS.listenerRules[0],
  readyWaitLimit: SWITCH_SETTINGS.readyWaitLimit[0],
  stopWithoutFlag: SWITCH_SETTINGS.stopWithoutFlag[0],
  primarySwitch: SWITCH_SETTINGS.primarySwitch[0],
  groupRewritesListener: SWITCH_SETTINGS.groupRewritesListener[0],
  appSpecValidation: SWITCH_SETTINGS.appSpecValidation[0],
  hookDiagnostics: SWITCH_SETTINGS.hookDiagnostics[0],
  httpApiBody: SWITCH_SETTINGS.httpApiBody[0],
  eventDelivery: SWITCH_SETTINGS.eventDelivery[0],
  quietMinutes: SWITCH_SETTINGS.quietMinutes[0],
  metricsLag: SWITCH_SETTINGS.metricsLag[0],
  stoppedTask: SWITCH_SETTINGS.stoppedTask[0]
}

/** Reads `name=value` pairs; throws on a name or value that is no switch's. */
export function parseSwitches(pairs: readonly string[]): Partial<Switches> {
  const chosen: Record<string, string> = {}
  for (const pair of pairs) {
    const [name = '', value = ''] = pair.split('=', 2)
    if (!isSwitch(name)) {
      throw new Error(`no switch "${name}"; there are ${Object.keys(SWITCH_SETTINGS).join(', ')}`)
    }
    const settings: readonly string[] = SWITCH_SETTINGS[name]
    if (!settings.includes(value)) {
      throw new Error(`switch ${name} is one of ${settings.join(', ')}, not "${value}"`)
    }
    chosen[name] = value
  }
  return chosen
}

function isSwitch(name: string): name is keyof Switches {
  return Object.hasOwn(SWITCH_SETTINGS, name)
}
