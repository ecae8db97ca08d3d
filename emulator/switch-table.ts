/** One point about AWS that no document settles, and what the emulator does about it. */
export interface SwitchEntry<Setting extends string> {
  /** What is not settled, as a clause. */
  readonly about: string
  /** What happens under each setting. */
  readonly settings: Readonly<Record<Setting, string>>
  /** The setting that hurts us most; the default, unless `seen` has another. */
  readonly unkind: NoInfer<Setting>
  /** What was observed, or what a document says happens: the default. */
  readonly seen?: NoInfer<Setting>
  /** On what the default rests: `documented` and `observed` go with `seen`. */
  readonly grade: 'documented' | 'observed' | 'unkind'
  /** Where that stands, or why the unkind setting is the unkind one. */
  readonly why: string
  /** Taken where all unkind settings are on at once, because `unkind` cannot stand with them. */
  readonly together?: { readonly setting: NoInfer<Setting>; readonly why: string }
}

const entry = <const Setting extends string>(given: SwitchEntry<Setting>): SwitchEntry<Setting> =>
  given

/**
 * The rule (docs/decisions/0006): a setting is what AWS documents, else what was observed, else the
 * one that is less kind to us. Where a document settles a point there is no switch. Grades and
 * sources are those of aws-semantics.md.
 */
export const SWITCH_TABLE = {
  readyWait: entry({
    about: 'whether the READY wait comes before or after the `BeforeAllowTraffic` hook',
    settings: {
      'before-hook': 'nobody is asked until somebody continues the deployment',
      'after-hook': 'the release has been approved when it waits to be continued'
    },
    unkind: 'before-hook',
    grade: 'unkind',
    why: 'No events of a waiting deployment have been published. The wait runs out with nobody asked.'
  }),
  hookDelivery: entry({
    about: 'how often a function gets one call of a hook',
    settings: {
      duplicated: 'the same event comes again a second later',
      once: 'each event comes once'
    },
    unkind: 'duplicated',
    grade: 'unkind',
    why: 'CodeDeploy calls once for each hook (its guide); whether asynchronously is not said, and Lambda delivers asynchronous events at least once.'
  }),
  hookQualifier: entry({
    about: 'whether a hook may name a version or an alias of a function',
    settings: {
      refused: 'the hook fails without its function having been asked',
      accepted: 'the function is asked'
    },
    unkind: 'refused',
    grade: 'unkind',
    why: 'The guide shows names and plain ARNs only.'
  }),
  rollbackHooks: entry({
    about: 'whether a rollback deployment invokes the hooks of its AppSpec',
    settings: {
      invoked: 'the rollback waits for every function of the AppSpec that it goes back to',
      'not-invoked': 'its hooks end by themselves'
    },
    unkind: 'invoked',
    grade: 'unkind',
    why: 'Rollbacks were seen on the Lambda platform only, where all events succeeded. Going back must not wait for a person.'
  }),
  hookTimeoutCode: entry({
    about: "`errorInformation.code` when a hook's hour has run out",
    settings: {
      HOOK_EXECUTION_FAILURE: 'only the message tells it from a rejection',
      TIMEOUT: 'the code says it'
    },
    unkind: 'HOOK_EXECUTION_FAILURE',
    grade: 'unkind',
    why: 'The message is documented, the code is not.'
  }),
  failureCodes: entry({
    about:
      '`errorInformation.code` of failures whose message alone is known: a green that is never healthy, a READY wait that has run out, an event that has not started, a function that cannot be invoked, a test listener without the live group',
    settings: {
      absent: 'only the message tells; a function that was never asked looks as if it had failed',
      'by-cause': 'the code of the enumeration that fits best'
    },
    unkind: 'absent',
    grade: 'unkind',
    why: 'The API reference lists the codes without saying when they come.'
  }),
  manualStopCode: entry({
    about: '`errorInformation` of a deployment that somebody stopped',
    settings: { absent: 'there is none', MANUAL_STOP: 'it says so' },
    unkind: 'absent',
    grade: 'unkind',
    why: 'The enumeration has the code; no stopped deployment of ECS has been published.'
  }),
  putAfterStop: entry({
    about: 'what an answer to a hook gets once the deployment has been stopped',
    settings: {
      LifecycleEventAlreadyCompletedException: 'the same as a second answer',
      InvalidLifecycleEventHookExecutionIdException: 'the same as an unknown execution'
    },
    unkind: 'LifecycleEventAlreadyCompletedException',
    grade: 'unkind',
    why: 'A late answer looks as if the first had counted.'
  }),
  appSpecSha256: entry({
    about: 'whether an `appSpecContent.sha256` that is not that of the text is refused',
    settings: {
      checked: 'CreateDeployment refuses it',
      ignored: "CodeDeploy's own hash takes its place"
    },
    unkind: 'checked',
    grade: 'unkind',
    why: 'Only right ones, and none, have been seen.'
  }),
  appSpecLimit: entry({
    about: 'how long the text of an AppSpec may be',
    settings: { '64KiB': 'a longer one is refused', none: 'any length is taken' },
    unkind: '64KiB',
    grade: 'unkind',
    why: 'Neither the model nor the quotas give a limit.'
  }),
  appSpecValidation: entry({
    about: 'where an AppSpec that names an unknown container or port is refused',
    settings: {
      'at-install': 'the deployment fails in Install, with ECS_UPDATE_ERROR',
      'at-creation': 'CreateDeployment refuses it'
    },
    unkind: 'at-install',
    seen: 'at-install',
    grade: 'observed',
    why: 'Twice for a port, once each for a container and for a revision that is no number.'
  }),
  codedeployThrottle: entry({
    about: "how many calls CodeDeploy's API takes",
    settings: {
      tight: 'of each operation 10 at once and 1 a second, then ThrottlingException',
      none: 'as many as come'
    },
    unkind: 'tight',
    grade: 'unkind',
    why: 'Throttling has been seen (ecspresso#403); there are no figures.'
  }),
  terminationStatus: entry({
    about: 'the status of a deployment that waits to terminate blue',
    settings: { InProgress: 'the same as before', Baking: 'a status of its own' },
    unkind: 'Baking',
    seen: 'InProgress',
    grade: 'observed',
    why: 'The enumeration has `Baking` without a word.'
  }),
  listenerRules: entry({
    about:
      'what CodeDeploy rewrites on a listener whose default action and rules forward to the pair',
    settings: {
      'default-action-only': 'what goes by rules stays with blue when traffic has shifted',
      'all-rules': 'rules that forward to the pair of target groups are rewritten too'
    },
    unkind: 'default-action-only',
    grade: 'unkind',
    why: 'The role has `ModifyRule`; which rules are changed is not said.'
  }),
  readyWaitLimit: entry({
    about: 'the upper bound of the READY wait',
    settings: { '120h': 'a longer wait ends then', none: 'the wait is as long as configured' },
    unkind: '120h',
    grade: 'unkind',
    why: 'The quotas of 2023 had this row, those of 2026 do not.'
  }),
  stopWithoutFlag: entry({
    about:
      'what StopDeployment without `autoRollbackEnabled` does where DEPLOYMENT_STOP_ON_REQUEST is configured',
    settings: {
      'never-rolls-back': 'green and its listeners stay as they are',
      'follows-configuration': 'it rolls back'
    },
    unkind: 'never-rolls-back',
    grade: 'unkind',
    why: 'The relation of the two is not documented.'
  }),
  primarySwitch: entry({
    about: 'when green becomes the PRIMARY task set',
    settings: {
      'after-after-allow-traffic': 'ECS shows blue as PRIMARY while green has all traffic',
      'after-allow-traffic': 'with the last step of the shift'
    },
    unkind: 'after-after-allow-traffic',
    grade: 'unkind',
    why: 'It was seen done by the termination wait.'
  }),
  groupRewritesListener: entry({
    about: 'when CodeDeploy puts both target groups behind the production listener',
    settings: {
      'at-creation': 'with the deployment group',
      'at-first-deployment':
        'with the first shift; until then green is behind no listener, and nothing checks its health'
    },
    unkind: 'at-first-deployment',
    seen: 'at-creation',
    grade: 'observed',
    why: "Once; AWS's support says the first shift does it (traveloka/terraform-aws-alb-single-listener#47)."
  }),
  hookDiagnostics: entry({
    about: 'what `diagnostics` of a failed hook holds',
    settings: {
      absent: 'nothing',
      UnknownError: "that code, and the deployment's message"
    },
    unkind: 'absent',
    grade: 'unkind',
    why: 'None has been published for ECS.'
  }),
  httpApiBody: entry({
    about: "how an HTTP API hands over a form's body",
    settings: { base64: 'encoded, and said to be', text: 'as the text it is' },
    unkind: 'base64',
    seen: 'base64',
    grade: 'observed',
    why: "With Slack's forms (middyjs/middy#603)."
  }),
  eventDelivery: entry({
    about: "how CodeDeploy's events come from EventBridge",
    settings: {
      duplicated: 'each comes twice, a second apart',
      once: 'each comes once',
      delayed: 'each comes 90 seconds late',
      lost: 'none comes'
    },
    unkind: 'lost',
    seen: 'duplicated',
    grade: 'documented',
    why: "All four may happen: EventBridge delivers at least once, and CodeDeploy's events with best effort. The default is the worst that still comes in time.",
    together: {
      setting: 'duplicated',
      why: 'what is lost or late is made up for by the minute, which most suites do not wait for; both settings run by themselves'
    }
  }),
  quietMinutes: entry({
    about: 'what CloudWatch has of a minute without requests',
    settings: {
      unreported: 'no point',
      zero: 'a count of 0, so that what nobody asked looks as if nothing had failed'
    },
    unkind: 'zero',
    seen: 'unreported',
    grade: 'observed',
    why: "The load balancer's guide of 2026 says both."
  }),
  metricsLag: entry({
    about: "how long after its begin CloudWatch shows a load balancer's minute",
    settings: {
      'two-minutes': '2 minutes',
      none: 'at once',
      'five-minutes': '5 minutes, so that a watch ends with fewer figures'
    },
    unkind: 'five-minutes',
    seen: 'two-minutes',
    grade: 'observed',
    why: 'By those who poll it; AWS gives no figure.'
  }),
  stoppedTask: entry({
    about: 'when a task that StopTask ends gets its signal',
    settings: {
      'signalled-at-once': 'before the load balancer has let go of it: 502s for seconds',
      'drained-first': 'after draining'
    },
    unkind: 'signalled-at-once',
    seen: 'signalled-at-once',
    grade: 'observed',
    why: "In amazon-ecs-agent#2316, against the task lifecycle of ECS's guide."
  })
}
