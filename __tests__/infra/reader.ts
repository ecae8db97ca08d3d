import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { InstantRuntime } from '../../emulator/dataplane/instant-runtime.ts'
import { startEmulator, type Emulator } from '../../emulator/emulator.ts'
import { startGitHub } from '../../emulator/github/server.ts'
import { startSlack } from '../../emulator/slack/server.ts'
import type { Slack } from '../../emulator/slack/slack.ts'
import type { Credentials } from '../../emulator/sts/credentials.ts'
import { gatedService, whenSteady, type GatedService } from '../../emulator/worlds/gated-service.ts'
import { builder } from '../../emulator/worlds/ground.ts'
import { createLoadBalancer } from '../../emulator/worlds/network.ts'
import { ROOT } from '../../runner/environment.ts'
import { JOB } from '../../runner/job.ts'
import { assetsOf, writeAssets } from '../../scripts/release/assets.ts'
import { OWN, pagesPolicy, stepInputs } from './setup-page.ts'
import { shell, startMoto } from './tools.ts'

/** What a reader of docs/gate-setup.md has before its first step: a service that CodeDeploy releases, a workspace, a checkout. */
export interface Reader {
  readonly emulator: Emulator
  readonly service: GatedService
  readonly slack: Slack
  /** In their Slack app: what the page's secret holds. */
  readonly secrets: Readonly<Record<'bot-token' | 'signing-secret', string>>
  /** The checkout's folder. */
  readonly folder: string
  /** Somebody who may read the record. */
  readonly auditor: Credentials
  /** The step signs in with GitHub's token alone, as a job does. */
  readonly jobEnvironment: Readonly<Record<string, string | undefined>>
  /** Runs shell text in the folder, as the account's user unless other keys are given. */
  readonly walk: (
    text: string,
    options?: { readonly input?: string; readonly as?: Credentials }
  ) => Promise<string>
  close(): Promise<void>
}

export async function openReader(): Promise<Reader> {
  const emulator = await startEmulator({
    region: OWN.REGION,
    account: OWN.ACCOUNT,
    runtime: (clock) => new InstantRuntime(clock),
    proxies: false
  })
  const service = await ordersOf(emulator)
  const { clock } = emulator.world
  const { slack: place, approvers } = pagesPolicy()
  const secrets = { 'bot-token': 'xoxb-of-the-page', 'signing-secret': 'of the page' }
  const slack = await startSlack({
    clock,
    ...place,
    botToken: secrets['bot-token'],
    signingSecret: secrets['signing-secret'],
    members: approvers.users.map((id, index) => ({ id, name: ['Ann', 'Ben'][index] ?? id })),
    channels: { [place.channel]: 'releases' }
  })
  const github = await startGitHub({ clock, job: JOB })
  const folder = await mkdtemp(join(tmpdir(), 'first-card-'))
  await cp('dist/gate', join(folder, 'dist/gate'), { recursive: true })
  writeAssets(join(folder, 'release'), assetsOf(ROOT, join(ROOT, 'dist')))
  // The emulator has no S3: what takes the code is moto's.
  const moto = await startMoto()
  const places = { AWS_ENDPOINT_URL_S3: moto.endpoint, SLACK_API_URL: slack.apiUrl }
  return {
    emulator,
    service,
    slack,
    secrets,
    folder,
    auditor: emulator.credentials.addUser(`arn:aws:iam::${OWN.ACCOUNT}:user/auditor`),
    jobEnvironment: {
      ...emulator.environment,
      ...github.environment,
      AWS_ACCESS_KEY_ID: undefined,
      AWS_SECRET_ACCESS_KEY: undefined
    },
    walk(text, { input = '', as = emulator.userKeys } = {}) {
      const keys = { AWS_ACCESS_KEY_ID: as.accessKeyId, AWS_SECRET_ACCESS_KEY: as.secretAccessKey }
      const environment = { ...emulator.environment, ...keys, ...places }
      return shell(text, { folder, environment, input })
    },
    async close() {
      await moto.close()
      await github.close()
      await slack.close()
      await emulator.close()
      await rm(folder, { recursive: true, force: true })
    }
  }
}

/** The service that the page's step releases, its first version running. */
async function ordersOf(emulator: Emulator): Promise<GatedService> {
  const { world, operations } = emulator
  const { cluster = '', service = '', 'container-name': container = '' } = stepInputs()
  operations.ecs.CreateCluster({ clusterName: cluster }, world, builder(world))
  const spec = {
    cluster,
    service,
    container,
    sidecars: [],
    application: `AppECS-${cluster}-${service}`,
    deploymentGroup: `DgpECS-${cluster}-${service}`,
    targetGroups: [`${service}-a`, `${service}-b`] as const,
    loadBalancerArn: createLoadBalancer(emulator, cluster, 'internet-facing'),
    port: 80,
    testPort: 8443
  }
  const options = { desiredCount: 1, healthCheckIntervalSeconds: 5, version: '1.4.1' }
  const built = await gatedService(emulator, spec, options)
  await whenSteady(emulator, built)
  return built
}
