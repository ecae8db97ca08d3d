import { describe, expect, it } from '@jest/globals'
import { ManualClock, ScaledClock } from '../../emulator/clock.ts'

describe('a clock that a test moves', () => {
  it('wakes who sleeps in the order of their time, each before the next', async () => {
    const clock = new ManualClock()
    const began = clock.now()
    const woken: [string, number][] = []
    const sleeper = async (name: string, ...lengths: readonly number[]): Promise<void> => {
      for (const ms of lengths) {
        await clock.sleep(ms)
        woken.push([name, clock.now() - began])
      }
    }
    const all = Promise.all([sleeper('late', 300), sleeper('twice', 100, 100), sleeper('now', 0)])
    await clock.advance(299)
    expect(woken).toEqual([
      ['now', 0],
      ['twice', 100],
      ['twice', 200]
    ])
    await clock.advance(1)
    await all
    expect(woken.at(-1)).toEqual(['late', 300])
    expect(clock.pending).toBe(0)
  })

  it('forgets who is aborted, and lets nobody sleep who already was', async () => {
    const clock = new ManualClock()
    const waking = new AbortController()
    const asleep = clock.sleep(1000, waking.signal)
    expect(clock.pending).toBe(1)
    waking.abort(new Error('wake up'))
    await expect(asleep).rejects.toThrow('wake up')
    expect(clock.pending).toBe(0)
    await expect(clock.sleep(1000, waking.signal)).rejects.toThrow('wake up')
  })
})

describe('a clock that runs by itself', () => {
  it('runs as many times as fast as it is told', async () => {
    const clock = new ScaledClock(10_000)
    const real = Date.now()
    const began = clock.now()
    await clock.sleep(60_000)
    expect(clock.now() - began).toBeGreaterThanOrEqual(50_000)
    expect(Date.now() - real).toBeLessThan(5_000)
  })

  it('can be aborted in its sleep', async () => {
    const clock = new ScaledClock()
    const waking = new AbortController()
    const asleep = clock.sleep(3_600_000, waking.signal)
    waking.abort(new Error('wake up'))
    await expect(asleep).rejects.toThrow('wake up')
  })

  it.each([0, -1, Number.NaN])('never runs %d times as fast', (factor) => {
    expect(() => new ScaledClock(factor)).toThrow(RangeError)
  })
})
