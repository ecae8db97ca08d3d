import { join } from 'node:path'
import type { Emulator } from '../emulator.ts'
import type { Throttling } from '../http-api/bucket.ts'
import type { Slack } from '../slack/server.ts'
import { createGateAccount } from './gate-account.ts'
import { createGateRules, mapEvidence } from './gate-rules.ts'

export interface GateAppOptions {
  /** The folder that holds `request/index.js`, `callback/index.js` and the others. */
  readonly bundles: string
  /** The policy document. */
  readonly policy: string
  readonly slack: Slack
  /** Seconds that a function which observes production may run; there is none unless given. */
  readonly observeSeconds?: number | undefined
  /** How many clicks are handled at once; 10 unless given. */
  readonly callbackConcurrency?: number
  /** What the API lets through; as in `infra/gate.yaml` unless given. */
  readonly throttling?: Throttling
  /** JSON with the values that verification files call `{{env.NAME}}`. */
  readonly verifySecret?: string
}

/** What stands in the account once the gate's template has been created in it. */
export interface GateApp {
  /** The function that CodeDeploy's hook names. */
  readonly functionName: string
  readonly functionArn: string
  /** The function that asks green from inside the VPC, behind another hook. */
  readonly verifyFunction: string
  readonly table: string
  /** The KMS key that seals decisions. */
  readonly key: string
  /** The SSM parameter that holds the policy. */
  readonly policyParameter: string
  /** Where Slack sends clicks. */
  readonly interactivityUrl: string
  /** What the functions wrote, all of them. */
  logs(): string[]
}

/** Puts the gate into the account as `infra/gate.yaml` does: functions, table, key, policy, secret, API and rules. */
export async function installGate(emulator: Emulator, options: GateAppOptions): Promise<GateApp> {
  const { world } = emulator
  const { slack } = options
  const { botToken, signingSecret } = slack.workspace.options
  const { policy } = options
  const account = await createGateAccount(emulator, {
    policy,
    botToken,
    signingSecret,
    prefix: 'release-gate'
  })
  const functionName = 'CodeDeployHook_release-gate-request'
  const { partition, region, account: id } = world
  const functionArn = `arn:${partition}:lambda:${region}:${id}:function:${functionName}`
  const environment = {
    ...account.environment,
    SLACK_API_URL: slack.apiUrl,
    GATE_FUNCTION: functionArn
  }
  const create = (name: string, bundle: string, concurrency = 10): string => {
    const path = join(options.bundles, bundle, 'index.js')
    return world.lambda.create(name, { kind: 'module', path, environment, concurrency }).name
  }
  create(functionName, 'request')
  const callback = create('release-gate-callback', 'callback', options.callbackConcurrency)
  const sweep = create('release-gate-sweep', 'sweep')
  const watchdog = create('release-gate-watchdog', 'watchdog')
  const verify = world.lambda.create('CodeDeployHook_release-gate-verify', {
    kind: 'module',
    path: join(options.bundles, 'verify', 'index.js'),
    environment: {
      LEDGER_TABLE: account.table,
      GATE_FUNCTION: functionArn,
      ...(options.verifySecret !== undefined && {
        VERIFY_SECRET: world.secrets.put('release-gate/verify', options.verifySecret).name
      })
    },
    vpc: true
  })
  mapEvidence(world, { table: account.table, sweep })
  const { observeSeconds: timeoutSeconds } = options
  const observers =
    timeoutSeconds === undefined
      ? []
      : [
          world.lambda.create('release-gate-observe', {
            kind: 'module',
            path: join(options.bundles, 'observe', 'index.js'),
            environment: { LEDGER_TABLE: account.table },
            vpc: true,
            timeoutSeconds
          }).name
        ]
  createGateRules(world, { sweep, stateChanges: [sweep, watchdog], starts: observers })
  const route = 'POST /slack/interactions'
  const throttling = options.throttling ?? { rate: 20, burst: 50 }
  const api = await emulator.openHttpApi({ routes: { [route]: callback }, throttling })
  const interactivityUrl = `${api.url}/slack/interactions`
  slack.interactivityUrl = interactivityUrl
  return {
    functionName,
    functionArn,
    verifyFunction: verify.arn,
    table: account.table,
    key: account.key,
    policyParameter: account.policyParameter,
    interactivityUrl,
    logs: () =>
      [functionName, callback, sweep, watchdog, verify.name, ...observers].flatMap((name) => [
        ...(world.lambda.find(name)?.logs ?? [])
      ])
  }
}
