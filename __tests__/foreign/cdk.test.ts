import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, it } from '@jest/globals'
import { registerVersion } from '../../emulator/worlds/gated-service.ts'
import { MINUTE, openLab, SECOND } from '../emulator/lab.ts'
import type { Lab } from '../emulator/lab.ts'
import { describeWith, onPath } from '../helpers/needs.ts'
import { appSpec } from './files.ts'

/**
 * A folder with the package's `assets`, which `.ci/run` fetches. It is not a development dependency,
 * because npm would install aws-cdk-lib beside it, which is larger than everything else here.
 */
const PACKAGE = 'cdk-ecs-codedeploy'
const MODULES = fileURLToPath(new URL('../../node_modules', import.meta.url))

describeWith([PACKAGE], "the handlers of CDK's custom resource for ECS deployments", () => {
  let lab: Lab
  beforeEach(async () => {
    lab = await openLab()
    const handlers = join(onPath(PACKAGE) ?? '', 'assets', 'ecs-deployment-provider')
    for (const name of ['on-event', 'is-complete'])
      lab.emulator.world.lambda.create(name, {
        kind: 'module',
        path: join(handlers, `${name}.lambda`, 'index.js'),
        // Lambda's own runtime brings the SDK in this way.
        environment: { NODE_PATH: MODULES }
      })
  })
  afterEach(async () => lab.close())

  /** Invokes a handler as CDK's provider framework does; what it throws is in `failed`. */
  async function invoke(handler: string, event: object): Promise<Record<string, unknown>> {
    const { payload, functionError } = await lab.emulator.world.lambda.invoke(handler, event)
    const members = typeof payload === 'object' && payload !== null ? { ...payload } : {}
    return functionError === undefined ? members : { failed: members }
  }

  async function create(): Promise<string> {
    const definition = registerVersion(
      lab.emulator,
      { service: lab.demo.service, container: lab.demo.container, sidecars: [] },
      '2'
    )
    const made = await invoke('on-event', {
      RequestType: 'Create',
      ResourceProperties: {
        applicationName: lab.demo.application,
        deploymentGroupName: lab.demo.deploymentGroup,
        deploymentConfigName: 'CodeDeployDefault.ECSAllAtOnce',
        autoRollbackConfigurationEnabled: 'true',
        autoRollbackConfigurationEvents: 'DEPLOYMENT_FAILURE,DEPLOYMENT_STOP_ON_REQUEST',
        description: 'by CDK',
        revisionAppSpecContent: appSpec(lab, definition)
      }
    })
    const id = String(made['PhysicalResourceId'])
    expect(made).toEqual({ PhysicalResourceId: id, Data: { deploymentId: id } })
    expect((await lab.deployment(id)).description).toBe('by CDK')
    return id
  }

  const event = (RequestType: string, PhysicalResourceId: string): object => ({
    RequestType,
    PhysicalResourceId
  })

  it('create a deployment and see it through', async () => {
    const id = await create()
    expect(await invoke('is-complete', event('Create', id))).toEqual({ IsComplete: false })
    await lab.decide(id, 'Succeeded')
    await lab.untilEnd(id)
    expect(await invoke('is-complete', event('Create', id))).toEqual({ IsComplete: true })
  })

  it('wait for the rollback of a rejected one, and fail with its reason', async () => {
    const id = await create()
    await lab.decide(id, 'Failed')
    await lab.untilEnd(id)
    await lab.clock.advance(10 * MINUTE)
    const { failed } = await invoke('is-complete', event('Create', id))
    expect(failed).toMatchObject({
      errorMessage: expect.stringMatching(
        /^Deployment Failed: \[HOOK_EXECUTION_FAILURE\] The deployment failed because one or more/
      )
    })
  })

  it('stop it with a rollback where the resource is deleted, and wait for that', async () => {
    const id = await create()
    await lab.untilEvent(id, 'BeforeAllowTraffic')
    const gone = await invoke('on-event', event('Delete', id))
    expect(gone).toEqual({ PhysicalResourceId: id, Data: { deploymentId: id } })
    await lab.clock.advance(SECOND)
    expect((await lab.deployment(id)).status).toBe('Stopped')
    await lab.clock.advance(10 * MINUTE)
    expect(await invoke('is-complete', event('Delete', id))).toEqual({ IsComplete: true })
    const rollback = (await lab.rollbackOf(id)) ?? ''
    expect((await lab.deployment(rollback)).status).toBe('Succeeded')
  })
})
