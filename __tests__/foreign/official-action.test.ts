import { createHash } from 'node:crypto'
import {
  CreateDeploymentCommand,
  GetDeploymentGroupCommand,
  waitUntilDeploymentSuccessful
} from '@aws-sdk/client-codedeploy'
import {
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  UpdateServiceCommand,
  waitUntilTasksStopped
} from '@aws-sdk/client-ecs'
import { afterEach, describe, expect, it } from '@jest/globals'
import { parse } from 'yaml'
import { openLab } from '../emulator/lab.ts'
import type { Lab, LabOptions } from '../emulator/lab.ts'
import { drive } from '../helpers/drive.ts'
import { appSpec, taskDefinition } from './files.ts'
import { DEPLOY, RENDER, RUN_TASK } from './official-calls.ts'
import type { OfficialCall } from './official-calls.ts'

let lab: Lab | undefined
afterEach(async () => lab?.close())

async function open(options: LabOptions): Promise<Lab> {
  lab = await openLab(options)
  lab.emulator.calls.clear()
  return lab
}

/** The calls that the account has seen, each once where it was made again in a row. */
function seen({ emulator }: Lab): readonly Pick<OfficialCall, 'operation' | 'members'>[] {
  return emulator.calls
    .list()
    .map(({ operation, input }) => ({ operation, members: Object.keys(input ?? {}) }))
    .filter(({ operation }, index, all) => all[index - 1]?.operation !== operation)
}

const sorted = (calls: readonly Pick<OfficialCall, 'operation' | 'members'>[]) =>
  calls.map(({ operation, members }) => [operation, ...members.toSorted()])

/** `aws-actions/amazon-ecs-deploy-task-definition` with `wait-for-service-stability: true`. */
async function deploy(on: Lab, existing?: string): Promise<unknown> {
  const { ecs, codedeploy, demo } = on
  const cluster = demo.cluster
  const definition = existing ?? (await register(on))
  const { services = [] } = await ecs.send(
    new DescribeServicesCommand({ cluster, services: [demo.service] })
  )
  expect(services[0]?.deploymentController?.type).toBe('CODE_DEPLOY')
  // The defaults that action.yml states.
  const group = {
    applicationName: `AppECS-${cluster}-${demo.service}`,
    deploymentGroupName: `DgpECS-${cluster}-${demo.service}`
  }
  const { deploymentGroupInfo } = await codedeploy.send(new GetDeploymentGroupCommand(group))
  const waits = deploymentGroupInfo?.blueGreenDeploymentConfiguration
  // "any wait time configured in the CodeDeploy deployment group will be added to this value"
  const configured =
    Number(waits?.deploymentReadyOption?.waitTimeInMinutes) +
    Number(waits?.terminateBlueInstancesOnDeploymentSuccess?.terminationWaitTimeInMinutes)
  expect(configured).toBeGreaterThanOrEqual(0)
  const content = JSON.stringify(parse(appSpec(on, definition)))
  const created = await codedeploy.send(
    new CreateDeploymentCommand({
      ...group,
      description: 'from a workflow',
      revision: {
        revisionType: 'AppSpecContent',
        appSpecContent: { content, sha256: createHash('sha256').update(content).digest('hex') }
      }
    })
  )
  const polling = { client: codedeploy, minDelay: 0.01, maxDelay: 0.01 }
  const waiting = waitUntilDeploymentSuccessful(
    { ...polling, maxWaitTime: (30 + configured) * 60 },
    { deploymentId: created.deploymentId }
  )
  return drive(on.clock, waiting)
}

async function register(on: Lab): Promise<string> {
  const command = new RegisterTaskDefinitionCommand(taskDefinition(on, '2'))
  return (await on.ecs.send(command)).taskDefinition?.taskDefinitionArn ?? ''
}

describe('the calls of the official deploy action', () => {
  it('release a new revision, one after the other', async () => {
    const on = await open({ gateAnswers: 'Succeeded' })
    expect(await deploy(on)).toMatchObject({ state: 'SUCCESS' })
    expect(sorted(seen(on))).toEqual(sorted(DEPLOY))
    expect(on.emulator.calls.list().every(({ outcome }) => outcome === 'OK')).toBe(true)
  })

  it('release an existing revision, which is not registered again', async () => {
    const on = await open({ gateAnswers: 'Succeeded' })
    const existing = await register(on)
    on.emulator.calls.clear()
    expect(await deploy(on, existing)).toMatchObject({ state: 'SUCCESS' })
    const [, ...others] = DEPLOY
    expect(sorted(seen(on))).toEqual(sorted(others))
  })

  it('fail where the gate says no, with what CodeDeploy says', async () => {
    const on = await open({ gateAnswers: 'Failed' })
    await expect(deploy(on)).rejects.toThrow(/HOOK_EXECUTION_FAILURE/)
  })

  it('may not update a service of CodeDeploy, which is why they create a deployment', async () => {
    const on = await open({})
    const { cluster, service } = on.demo
    const update = new UpdateServiceCommand({
      cluster,
      service,
      taskDefinition: await register(on)
    })
    await expect(on.ecs.send(update)).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message:
        'Unable to update task definition on services with a CODE_DEPLOY deployment controller. Use AWS CodeDeploy to trigger a new deployment.'
    })
  })
})

describe('the calls of the official deploy action for a one-off task', () => {
  it.each([
    ['succeeds', ['migrate'], 0],
    ['fails', ['migrate', 'nowhere'], 1]
  ])('follow a task that %s to its exit code', async (_, command, exitCode) => {
    const on = await open({})
    const taskDefinition = await register(on)
    on.emulator.calls.clear()
    const { cluster } = on.demo
    const { tasks = [], failures } = await on.ecs.send(
      new RunTaskCommand({
        startedBy: 'GitHub-Actions',
        cluster,
        taskDefinition,
        overrides: { containerOverrides: [{ name: on.demo.container, command }] },
        launchType: 'FARGATE',
        networkConfiguration: {
          awsvpcConfiguration: { subnets: ['subnet-1'], assignPublicIp: 'DISABLED' }
        },
        // Empty where the inputs are.
        tags: [],
        volumeConfigurations: []
      })
    )
    expect(failures).toEqual([])
    const asked = { cluster, tasks: tasks.map(({ taskArn = '' }) => taskArn) }
    const polling = { client: on.ecs, minDelay: 0.01, maxDelay: 0.01, maxWaitTime: 30 * 60 }
    expect(await drive(on.clock, waitUntilTasksStopped(polling, asked))).toMatchObject({
      state: 'SUCCESS'
    })
    const described = await on.ecs.send(new DescribeTasksCommand(asked))
    expect(described.tasks?.[0]?.containers).toMatchObject([{ exitCode }])
    const [first, ...others] = seen(on)
    const made = first && {
      ...first,
      members: first.members.filter((member) => member !== 'clientToken')
    }
    expect(sorted(made ? [made, ...others] : [])).toEqual(sorted(RUN_TASK))
  })
})

describe('the call of the official render action', () => {
  it.each(['family', 'family and revision', 'ARN'])('finds a definition by its %s', async (by) => {
    const on = await open({})
    const { taskDefinitionArn: arn, service } = on.demo
    const asked = { family: service, 'family and revision': `${service}:1`, ARN: arn }[by]
    const command = new DescribeTaskDefinitionCommand({ taskDefinition: asked })
    expect((await on.ecs.send(command)).taskDefinition?.taskDefinitionArn).toBe(arn)
    expect(sorted(seen(on))).toEqual(sorted(RENDER))
  })
})
