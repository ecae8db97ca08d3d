import { describe, expect, it } from '@jest/globals'
import { Story } from '../../demo/story.ts'
import type { GateRequest, Verdict } from '../../emulator/worlds/gate.ts'

const request: GateRequest = { deploymentId: 'd-1', executionId: 'e-1' }

function setUp() {
  const asked = Promise.withResolvers<GateRequest>()
  const verdicts: Verdict[] = []
  const traffic = { shifted: false }
  const story = new Story(
    { asked: asked.promise, decide: (_, verdict) => void verdicts.push(verdict) },
    () => traffic.shifted
  )
  const ask = async (): Promise<void> => {
    asked.resolve(request)
    await asked.promise
  }
  return { story, ask, verdicts, traffic }
}

describe('the story of a release', () => {
  it('goes through the shift when approved', async () => {
    const { story, ask, verdicts, traffic } = setUp()
    expect([story.stage, story.phase, story.deploymentId]).toEqual(['waiting', 'before', undefined])
    await ask()
    expect([story.stage, story.phase, story.deploymentId]).toEqual(['asked', 'gate', 'd-1'])
    story.decide('approve')
    expect([story.stage, story.phase]).toEqual(['decided', 'shift'])
    traffic.shifted = true
    expect([story.stage, story.phase]).toEqual(['decided', 'after'])
    story.end('released')
    expect([story.stage, story.phase, story.outcome]).toEqual(['ended', 'after', 'released'])
    expect(verdicts).toEqual(['Succeeded'])
  })

  it('has no shift when rejected', async () => {
    const { story, ask, verdicts } = setUp()
    await ask()
    story.decide('reject')
    expect([story.stage, story.phase]).toEqual(['decided', 'after'])
    expect(verdicts).toEqual(['Failed'])
  })

  it('takes one decision, and only when asked', async () => {
    const { story, ask, verdicts } = setUp()
    expect(() => story.decide('approve')).toThrow('nothing is asked now')
    await ask()
    story.decide('reject')
    expect(() => story.decide('approve')).toThrow('nothing is asked now')
    expect(verdicts).toEqual(['Failed'])
  })

  it('has not been decided where the deployment refuses the answer', async () => {
    const refusing = {
      asked: Promise.resolve(request),
      decide: () => {
        throw new Error('already completed')
      }
    }
    const story = new Story(refusing, () => false)
    await refusing.asked
    expect(() => story.decide('approve')).toThrow('already completed')
    expect(story.decision).toBeUndefined()
  })

  it('ends without a decision where the gate is never asked', () => {
    const { story } = setUp()
    story.end('failed')
    expect([story.stage, story.phase, story.decision]).toEqual(['ended', 'before', undefined])
  })
})
