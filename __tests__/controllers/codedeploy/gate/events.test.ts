import { describe, expect, it } from '@jest/globals'
import { deploymentIn, hookIn } from '../../../../src/controllers/codedeploy/gate/events.ts'

describe("CodeDeploy's events", () => {
  it('of a hook name the deployment and what answers it', () => {
    const event = { DeploymentId: 'd-A1', LifecycleEventHookExecutionId: 'an execution' }
    expect(hookIn(event)).toEqual({ deploymentId: 'd-A1', token: 'an execution' })
  })

  it.each([
    null,
    'd-A1',
    {},
    { DeploymentId: 'd-A1' },
    { DeploymentId: 1, LifecycleEventHookExecutionId: 'e' },
    { DeploymentId: 'd-A1', LifecycleEventHookExecutionId: 1 },
    { DeploymentId: 'ecs-svc/1', LifecycleEventHookExecutionId: 'e' }
  ])('are not %j', (event) => {
    expect(hookIn(event)).toBeUndefined()
  })

  it('of a state name the deployment', () => {
    const detail = { deploymentId: 'd-A1', state: 'START' }
    expect(deploymentIn({ 'detail-type': 'a notification', detail })).toBe('d-A1')
  })

  it.each([
    null,
    {},
    { detail: 1 },
    { detail: {} },
    { detail: { deploymentId: 1 } },
    { detail: { deploymentId: 'ecs-svc/123' } },
    { detail: { deploymentId: 'd-A1#x' } }
  ])('of a state are not %j', (event) => {
    expect(deploymentIn(event)).toBeUndefined()
  })
})
