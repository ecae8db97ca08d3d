/**
 * What no evidence settles about AWS (aws-semantics.md section 9, graded
 * UNVERIFIED). Each is a named switch: the action is tested under both
 * settings, and a test shows through an SDK client that they differ.
 */
export interface Switches {
  /** Whether the READY wait comes before or after the BeforeAllowTraffic hook. */
  readyWait: 'before-hook' | 'after-hook'
  /** Whether a hook's function is invoked once, or delivered again as an async invoke may be. */
  hookDelivery: 'once' | 'duplicated'
  /** Whether a rollback deployment invokes the hooks of its AppSpec. */
  rollbackHooks: 'not-invoked' | 'invoked'
  /** `errorInformation.code` when a hook's hour runs out. */
  hookTimeoutCode: 'TIMEOUT' | 'HOOK_EXECUTION_FAILURE'
  /** `errorInformation` of a deployment that a person stopped. */
  manualStopCode: 'MANUAL_STOP' | 'absent'
  /** What PutLifecycleEventHookExecutionStatus answers once the deployment has been stopped. */
  putAfterStop: 'LifecycleEventAlreadyCompletedException' | 'InvalidLifecycleEventHookExecutionIdException'
  /** Whether a wrong `appSpecContent.sha256` is refused. */
  appSpecSha256: 'ignored' | 'checked'
  /** Size limit of inline AppSpec content. */
  appSpecLimit: 'none' | '64KiB'
  /** Whether CodeDeploy's API throttles on its own. */
  codedeployThrottle: 'none' | 'tight'
  /** Status while a deployment waits to terminate blue. */
  terminationStatus: 'InProgress' | 'Baking'
  /** Whether CodeDeploy rewrites only the listener's default action or its rules too. */
  listenerRules: 'default-action-only' | 'all-rules'
  /** Upper bound of the READY wait. */
  readyWaitLimit: '120h' | 'none'
  /** Whether StopDeployment without its flag rolls back when DEPLOYMENT_STOP_ON_REQUEST is configured. */
  stopWithoutFlag: 'follows-configuration' | 'never-rolls-back'
  /** When green becomes the PRIMARY task set. */
  primarySwitch: 'after-allow-traffic' | 'after-after-allow-traffic'
  /** Whether creating the deployment group already rewrites the listener to a weighted action. */
  groupRewritesListener: 'at-creation' | 'at-first-deployment'
  /** Whether GetDeployment returns the content of an inline AppSpec. */
  revisionContent: 'returned' | 'sha256-only'
  /** Where an AppSpec naming an unknown container or port is refused. */
  appSpecValidation: 'at-install' | 'at-creation'
  /** What `diagnostics` of a failed hook event holds. */
  hookDiagnostics: 'UnknownError' | 'absent'
}

export const DEFAULT_SWITCHES: Readonly<Switches> = {
  readyWait: 'after-hook',
  hookDelivery: 'once',
  rollbackHooks: 'not-invoked',
  hookTimeoutCode: 'TIMEOUT',
  manualStopCode: 'MANUAL_STOP',
  putAfterStop: 'LifecycleEventAlreadyCompletedException',
  appSpecSha256: 'ignored',
  appSpecLimit: 'none',
  codedeployThrottle: 'none',
  terminationStatus: 'InProgress',
  listenerRules: 'default-action-only',
  readyWaitLimit: '120h',
  stopWithoutFlag: 'follows-configuration',
  primarySwitch: 'after-allow-traffic',
  groupRewritesListener: 'at-creation',
  revisionContent: 'returned',
  appSpecValidation: 'at-install',
  hookDiagnostics: 'UnknownError'
}
