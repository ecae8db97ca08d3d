import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { MINUTE, openLab, SECOND } from '../emulator/lab.ts'
import type { Lab } from '../emulator/lab.ts'
import { describeWith } from '../helpers/needs.ts'
import { isolated, parseObject } from './clients/client.ts'
import { appSpec } from './files.ts'
import { registerVersion } from '../../emulator/worlds/gated-service.ts'

/** Built from `go/` by `.ci/run`, because Go takes a minute for it and fetches the SDK. */
const CLIENT = 'aws-go-client'

describeWith([CLIENT], 'a client on the Go SDK', () => {
  let lab: Lab
  beforeAll(async () => {
    lab = await openLab({ gateAnswers: 'Succeeded', switches: { metricsLag: 'none' } })
  })
  afterAll(async () => lab.close())

  /** Runs it to its end; meanwhile the account's time goes on. */
  async function run(asked: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>> {
    const child = spawn(CLIENT, [JSON.stringify(asked)], {
      env: isolated(lab.emulator.environment),
      stdio: ['ignore', 'pipe', 'pipe']
    })
    const ended = Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
    const progress = { done: false }
    const finish = (): void => {
      progress.done = true
    }
    ended.then(finish, finish)
    while (!progress.done) {
      await sleep(20)
      if (asked['Command'] === 'deploy') await lab.clock.advance(5 * SECOND)
    }
    const [stdout, stderr] = await ended
    expect(stderr).toBe('')
    return parseObject(stdout)
  }

  const names = () => ({
    Cluster: lab.demo.cluster,
    Service: lab.demo.service,
    Application: lab.demo.application,
    Group: lab.demo.deploymentGroup
  })

  it('reads in three protocols, page by page, and knows the errors by their types', async () => {
    const minute = Math.ceil(lab.clock.now() / MINUTE) * MINUTE
    await lab.clock.advance(minute + MINUTE - lab.clock.now())
    const [blue] = lab.demo.targetGroupArns
    const [balancer = ''] = lab.emulator.world.elb.loadBalancers.keys()
    const seen = await run({
      Command: 'look',
      ...names(),
      TargetGroup: blue.slice(blue.indexOf('targetgroup/')),
      LoadBalancer: balancer.slice(balancer.indexOf('app/')),
      Start: new Date(minute),
      End: new Date(minute + MINUTE)
    })
    expect(seen).toEqual({
      Alarms: { '5xx': 0.5 },
      StateUpdated: expect.any(String),
      Timestamps: [new Date(minute).toISOString().replace('.000', '')],
      Values: [2],
      TaskDef: lab.demo.taskDefinitionArn,
      GroupStyle: 'BLUE_GREEN',
      Applications: [lab.demo.application],
      TargetGroups: 2,
      Pages: 2,
      Refused: {
        cloudwatch: 'ResourceNotFound',
        codedeploy: 'DeploymentDoesNotExistException',
        elb: 'TargetGroupNotFound'
      }
    })
    const asked = lab.emulator.calls.list('cloudwatch:*').map(({ outcome }) => outcome)
    expect(asked).toEqual(['OK', 'OK', 'OK', 'ResourceNotFound'])
  })

  it('deploys, and its waiter sees the end', async () => {
    const definition = registerVersion(
      lab.emulator,
      { service: lab.demo.service, container: lab.demo.container, sidecars: [] },
      '2'
    )
    const seen = await run({ Command: 'deploy', ...names(), AppSpec: appSpec(lab, definition) })
    expect(seen).toMatchObject({ Waited: 'successful', Status: 'Succeeded' })
    expect(seen['Events']).toContain('BeforeAllowTraffic Succeeded')
  })
})
