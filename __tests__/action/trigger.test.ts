import { describe, expect, it } from '@jest/globals'
import { descriptionOf, triggerOf } from '../../src/action/trigger.ts'

const ENVIRONMENT = {
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_REPOSITORY: 'octo/shop',
  GITHUB_RUN_ID: '42',
  GITHUB_RUN_ATTEMPT: '2',
  GITHUB_SHA: '0123456789abcdef0123456789abcdef01234567',
  GITHUB_REF_NAME: 'main',
  GITHUB_EVENT_NAME: 'push',
  GITHUB_ACTOR: 'octocat',
  GITHUB_TRIGGERING_ACTOR: 'hubot'
}

describe('triggerOf', () => {
  it('tells who, what and where', () => {
    expect(triggerOf(ENVIRONMENT)).toMatchObject({
      actor: 'octocat',
      triggeringActor: 'hubot',
      ref: 'main',
      runUrl: 'https://github.com/octo/shop/actions/runs/42',
      commitUrl: `https://github.com/octo/shop/commit/${ENVIRONMENT.GITHUB_SHA}`
    })
  })

  it('names who re-ran it also if that is who started it, because the gate needs the name', () => {
    const { triggeringActor } = triggerOf({ ...ENVIRONMENT, GITHUB_TRIGGERING_ACTOR: 'octocat' })
    expect(triggeringActor).toBe('octocat')
  })

  it('names nobody beside who started a first attempt', () => {
    const { triggeringActor } = triggerOf({
      ...ENVIRONMENT,
      GITHUB_RUN_ATTEMPT: '1',
      GITHUB_TRIGGERING_ACTOR: 'octocat'
    })
    expect(triggeringActor).toBeUndefined()
  })

  it('makes no links outside of GitHub', () => {
    expect(triggerOf({})).toMatchObject({ runUrl: undefined, commitUrl: undefined })
  })
})

describe('descriptionOf', () => {
  it('carries the run and its nonce, whatever was asked for', () => {
    expect(descriptionOf(triggerOf(ENVIRONMENT), 'Orders 1.4', 'abc')).toBe(
      'Orders 1.4 [run 42.2 abc]'
    )
    expect(descriptionOf(triggerOf(ENVIRONMENT), undefined, 'abc')).toBe(
      'octo/shop@main 0123456789ab by octocat [run 42.2 abc]'
    )
  })

  it('has at most 256 characters, the mark among them, and no half character', () => {
    const long = descriptionOf(triggerOf(ENVIRONMENT), '🚢'.repeat(300), 'abc')
    expect(long.length).toBeLessThanOrEqual(256)
    expect(long.endsWith(' [run 42.2 abc]')).toBe(true)
    expect(long.isWellFormed()).toBe(true)
  })
})
