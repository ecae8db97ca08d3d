import type { Stack } from '../cloudformation/stack.ts'
import type { Template } from '../cloudformation/template.ts'
import type { Emulator } from '../emulator.ts'
import type { Throttling } from '../http-api/bucket.ts'
import type { Slack } from '../slack/slack.ts'
import { createGateStacks, readGateTemplate } from './gate-template.ts'

export interface GateAppOptions {
  /** The folder that holds `request/index.js`, `callback/index.js` and the others. */
  readonly bundles: string
  /** The policy document. */
  readonly policy: string
  readonly slack: Slack
  /** Seconds that the function which observes production may run; it is left out of the stack unless given. */
  readonly observeSeconds?: number | undefined
  /** Of the templates, besides those that follow from the rest: `CiPassRoles`, `CallbackConcurrency`. */
  readonly parameters?: Readonly<Record<string, string>>
  /** What the API lets through; as in `infra/gate.yaml` unless given. */
  readonly throttling?: Throttling
  /** JSON with the values that verification files call `{{env.NAME}}`. */
  readonly verifySecret?: string
}

/** What stands in the account once the gate's templates have been created in it. */
export interface GateApp {
  readonly stack: Stack
  /** The function that CodeDeploy's hook names. */
  readonly functionArn: string
  /** The function that asks green from inside the VPC, behind another hook. */
  readonly verifyFunction: string
  /** The function that runs every minute. */
  readonly sweepFunction: string
  readonly table: string
  /** The KMS key that seals decisions. */
  readonly key: string
  /** Where Slack sends clicks. */
  readonly interactivityUrl: string
  /** What the functions wrote, all of them. */
  logs(): string[]
}

/**
 * Puts the gate into the account as docs/gate-setup.md does: secret, policy, and the templates in
 * `infra/`, with functions in the VPC; the one that observes only where it is asked for.
 */
export async function installGate(emulator: Emulator, options: GateAppOptions): Promise<GateApp> {
  const { world } = emulator
  const { slack, verifySecret, throttling } = options
  const { botToken, signingSecret } = slack.workspace.options
  const { name: policyParameter } = world.parameters.put('/release-gate/policy', options.policy)
  const secret = { 'bot-token': botToken, 'signing-secret': signingSecret }
  const slackSecret = world.secrets.put('release-gate/slack', JSON.stringify(secret))
  const templates = [readGateTemplate('gate'), vpcFor(options), readGateTemplate('policies')]
  const stack = await createGateStacks(emulator, templates, {
    parameters: {
      CodeBucket: 'code',
      CodeKey: 'gate.zip',
      SlackSecretArn: slackSecret.arn,
      PolicyParameter: policyParameter,
      VerifySubnets: 'subnet-0a1b2c3d,subnet-4e5f6a7b',
      VerifySecurityGroups: 'sg-0123456789abcdef0',
      ...(verifySecret !== undefined && {
        VerifySecretArn: world.secrets.put('release-gate/verify', verifySecret).arn
      }),
      ...options.parameters
    },
    code: { 'code/gate.zip': options.bundles },
    environment: { SLACK_API_URL: slack.apiUrl }
  })
  const { GateFunction, VerifyFunction, LedgerTable, SealKey } = stack.outputs
  if (throttling) for (const api of stack.apis.values()) api.change({ throttling })
  const interactivityUrl = interactivityUrlOf(stack)
  slack.interactivityUrl = interactivityUrl
  return {
    stack,
    functionArn: String(GateFunction),
    verifyFunction: String(VerifyFunction),
    sweepFunction: stack.id('SweepFunction') ?? '',
    table: String(LedgerTable),
    key: String(SealKey),
    interactivityUrl,
    logs: () =>
      Object.values(stack.resources)
        .filter(({ Type }) => Type === 'AWS::Lambda::Function')
        .flatMap(({ Properties }) => [
          ...(world.lambda.find(String(Properties['FunctionName']))?.logs ?? [])
        ])
  }
}

/** Where Slack's clicks go: API Gateway's own name leads nowhere here, what stands behind it is on loopback. */
export function interactivityUrlOf({ apis, outputs }: Stack): string {
  const { hostname, pathname } = new URL(outputs['InteractivityUrl'] ?? '')
  const api = apis.get(hostname.split('.', 1).join())
  if (!api) throw new Error(`the stack has no API at ${hostname}`)
  return api.url + pathname
}

/** The template as it is; production is observed only where it is asked for, and in parts as short as asked for. */
function vpcFor({ observeSeconds }: Pick<GateAppOptions, 'observeSeconds'>): Template {
  const template = readGateTemplate('vpc')
  const resources = Object.entries(template.Resources).flatMap(([name, resource]) => {
    if (observeSeconds === undefined) return name.includes('Observe') ? [] : [[name, resource]]
    if (name !== 'ObserveFunction') return [[name, resource]]
    return [
      [name, { ...resource, Properties: { ...resource.Properties, Timeout: observeSeconds } }]
    ]
  })
  return { ...template, Resources: Object.fromEntries(resources) as Template['Resources'] }
}
