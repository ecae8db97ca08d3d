import { describe, expect, it } from '@jest/globals'
import { openPlace } from './stage.ts'

describe('a failover', () => {
  it('deploys to the side without traffic, and moves it in steps', async () => {
    const place = await openPlace()
    const run = place.run()
    await place.advance(run.ended)
    const report = await run.ended
    expect(report.outcome).toBe('released')
    expect(place.weights()).toEqual([0, 100])
    expect(place.versions()).toEqual(['2', '3'])
  })
})
