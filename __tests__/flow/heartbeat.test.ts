import { describe, expect, it } from '@jest/globals'
import { ManualClock } from '../../emulator/clock.ts'
import { QUIET_MS, withHeartbeat } from '../../src/flow/heartbeat.ts'
import { stillWaiting } from '../../src/release/still-waiting.ts'
import { speaking } from '../../src/words/say.ts'
import { lifecycleAt, snapshotOf, stepsNamed } from '../helpers/snapshots.ts'
import { faulty, run, runUndecided } from './stage.ts'

const MINUTE = 60_000

describe('a log that has been silent for minutes', () => {
  it('says at the gate, every three minutes, who waits and until when', async () => {
    const { lines, ending } = await runUndecided({})
    expect(ending.outcome).toBe('expired')
    const beats = lines.filter((line) => line.includes('waiting for approval for'))
    expect(beats.length).toBeGreaterThan(15)
    expect(beats.length).toBeLessThan(21)
    expect(beats[0]).toMatch(
      /^\+03:\d\d +BeforeAllowTraffic +waiting for approval for 3 min \d\d s; an answer counts until 01:00:\d\d UTC; this job waits until 01:30:\d\d UTC$/
    )
    // Whatever is said, the next line comes within the three minutes and one poll.
    const times = lines.flatMap((line) => {
      const [, hours = '0', minutes, seconds] = /^\+(?:(\d+):)?(\d\d):(\d\d)/.exec(line) ?? []
      return minutes === undefined
        ? []
        : [Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)]
    })
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0))
    expect(Math.max(...gaps)).toBeLessThanOrEqual(QUIET_MS / 1000 + 15)
  })

  it('says nothing in a release that is never silent for so long', async () => {
    const { text } = await run()
    expect(text).not.toMatch(/this job waits until/)
  })

  it('says that the deployment cannot be read, and what it was when it last could', async () => {
    const { lines } = await runUndecided({
      inputs: { 'wait-for-minutes': '20', 'max-retries': '0' },
      prepare: faulty('codedeploy:GetDeployment', { kind: 'throttling' }, { from: 12, to: 40 })
    })
    expect(lines.find((line) => line.includes('cannot be read at the moment'))).toMatch(
      /trouble +the deployment cannot be read at the moment; when it was last read: BeforeAllowTraffic: waiting/
    )
  })

  it('says that the one-off task has not ended', async () => {
    const { lines } = await run({
      inputs: {
        'run-task': 'true',
        'run-task-subnets': 'subnet-0a1b2c3d',
        'run-task-container-overrides': '[{"name": "app", "command": ["serve"]}]',
        'wait-for-minutes': '10'
      }
    })
    const beats = lines.filter((line) => /^\+\S+ +one-off task +it has not ended yet/.test(line))
    expect(beats.length).toBeGreaterThan(1)
    expect(beats[0]).toMatch(/its status is RUNNING; this job waits until 00:10:\d\d UTC$/)
  })

  it('speaks while something is waited for that polls by itself', async () => {
    const clock = new ManualClock(0)
    const told: number[] = []
    const work = clock.sleep(10 * MINUTE).then(() => 'done')
    const waiting = withHeartbeat(
      { clock, tell: () => told.push(clock.now()), lastLineAt: () => told.at(-1) ?? 0 },
      work,
      () => ({ subject: 'evidence', detail: 'still' })
    )
    for (let minute = 0; minute < 11; minute++) await clock.advance(MINUTE)
    expect(await waiting).toBe('done')
    expect(told.map((at) => at / MINUTE)).toEqual([3, 6, 9])
  })
})

describe('what is still waited for', () => {
  const waiting = {
    gate: 'hook',
    now: 10 * MINUTE,
    deadline: 90 * MINUTE,
    limits: { by: 'CodeDeploy', greenMinutes: 60, gateMinutes: 60 }
  } as const
  const shift = {
    steps: lifecycleAt('AllowTraffic', 'InProgress'),
    traffic: { blue: 90, green: 10 }
  }

  it.each([
    [
      'green',
      { steps: stepsNamed({ Install: ['InProgress', MINUTE] }) },
      'green tasks',
      'green is not healthy after 9 min 00 s; CodeDeploy waits for it until 01:01:00 UTC'
    ],
    ['the shift', shift, 'production traffic', 'still moving; 10 % is on green'],
    [
      'the old tasks',
      { terminationWait: true },
      'deployment',
      'all traffic is on green; the old tasks have not ended yet'
    ],
    ['a continue', { status: 'Ready' }, 'deployment', 'it still waits for a person to continue it'],
    [
      'another hook',
      { steps: stepsNamed({ AfterAllowTestTraffic: ['InProgress', 8 * MINUTE] }) },
      'AfterAllowTestTraffic',
      'in progress for 2 min 00 s'
    ],
    ['anything else', {}, 'deployment', 'still InProgress']
  ])('%s', (_, parts, subject, detail) => {
    expect(stillWaiting(snapshotOf(parts), waiting)).toEqual({
      subject,
      detail: `${detail}; this job waits until 01:30:00 UTC`
    })
  })

  it('names the day where it is another one', () => {
    const { detail } = stillWaiting(undefined, { ...waiting, deadline: 5 * 24 * 60 * MINUTE })
    expect(detail).toBe('it has not been read yet; this job waits until 1970-01-06 00:00:00 UTC')
  })

  it('is said in Korean too', async () => {
    const words = await speaking('ko', async () => stillWaiting(snapshotOf(shift), waiting))
    expect(words).toEqual({
      subject: '운영 트래픽',
      detail: '전환 중입니다. 그린 10%; 이 작업은 01:30:00 UTC까지 기다립니다'
    })
  })
})
