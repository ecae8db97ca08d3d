import { describe, expect, it } from '@jest/globals'
import {
  enterMain,
  forgetGitHubDeployment,
  forgetOneOffTask,
  isPost,
  readPostState,
  saveDeployment,
  saveGitHubDeployment,
  saveOneOffTask,
  settle,
  StateError,
  type DeploymentState
} from '../../src/action/state.ts'
import { followedOf } from '../helpers/followed.ts'

/** GitHub's state: what main saves, post gets; strings only. */
function stateStore(initial: Readonly<Record<string, string>> = {}) {
  const values = new Map(Object.entries(initial))
  return {
    getState: (name: string) => values.get(name) ?? '',
    saveState: (name: string, value: unknown) => void values.set(name, String(value))
  }
}

const deployment: DeploymentState = {
  followed: followedOf('d-ABC'),
  onCancel: 'stop-and-rollback',
  roleToAssume: 'arn:aws:iam::123456789012:role/deploy',
  roleSessionName: 'ecs-gated-deploy-1'
}

describe('state between main and post', () => {
  it('tells the phases apart', () => {
    const store = stateStore()
    expect(isPost(store)).toBe(false)
    enterMain(store)
    expect(isPost(store)).toBe(true)
  })

  it('is empty when main created nothing', () => {
    expect(readPostState(stateStore())).toEqual({
      deployment: undefined,
      oneOffTask: undefined,
      github: undefined,
      settled: false
    })
  })

  it('carries the deployment, and whether main came to its own end', () => {
    const store = stateStore()
    saveDeployment(store, deployment)
    expect(readPostState(store)).toMatchObject({ deployment, settled: false })
    settle(store)
    expect(readPostState(store)).toMatchObject({ deployment, settled: true })
  })

  it('carries a one-off task until nothing is left to do about it', () => {
    const store = stateStore()
    const task = {
      taskArn: 'arn:aws:ecs:eu-west-1:123456789012:task/shop/0123',
      cluster: 'shop',
      region: 'eu-west-1',
      onCancel: 'stop' as const,
      roleToAssume: undefined,
      roleSessionName: 'ecs-gated-deploy-1'
    }
    saveOneOffTask(store, task)
    expect(readPostState(store).oneOffTask).toEqual(task)
    forgetOneOffTask(store)
    expect(readPostState(store).oneOffTask).toBeUndefined()
    const broken = stateStore({ oneOffTask: JSON.stringify({ ...task, onCancel: 'perhaps' }) })
    expect(() => readPostState(broken)).toThrow(StateError)
  })

  it("carries GitHub's deployment until its end has been told", () => {
    const store = stateStore()
    const github = { id: 1000, environmentUrl: 'https://shop.example.com' }
    saveGitHubDeployment(store, { id: 1000, environmentUrl: undefined })
    expect(readPostState(store).github).toEqual({ id: 1000, environmentUrl: undefined })
    saveGitHubDeployment(store, github)
    expect(readPostState(store)).toEqual({ deployment: undefined, github, settled: false })
    forgetGitHubDeployment(store)
    expect(readPostState(store).github).toBeUndefined()
  })

  it.each([['{'], ['7'], ['{"id":"1000"}'], ['{"id":1.5}'], ['{}']])(
    'is refused with %s as what GitHub made',
    (text) => {
      expect(() => readPostState(stateStore({ githubDeployment: text }))).toThrow(StateError)
    }
  )

  it.each([
    ['no JSON', '{'],
    ['no object', '"d-ABC"'],
    ['null', 'null'],
    ['a missing field', JSON.stringify({ ...deployment, followed: undefined })],
    ['a wrong type', JSON.stringify({ ...deployment, roleToAssume: 7 })],
    ['an empty text', JSON.stringify({ ...deployment, followed: followedOf('') })],
    [
      'a missing place',
      JSON.stringify({ ...deployment, followed: { ...followedOf('d-ABC'), where: {} } })
    ],
    [
      'an unknown gate',
      JSON.stringify({ ...deployment, followed: { ...followedOf('d-ABC'), gate: 'open' } })
    ],
    ['an unknown policy', JSON.stringify({ ...deployment, onCancel: 'explode' })]
  ])('is refused with %s', (_, text) => {
    expect(() => readPostState(stateStore({ deployment: text }))).toThrow(StateError)
  })
})
