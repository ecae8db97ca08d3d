import { describe, expect, it } from '@jest/globals'
import { renderSummary } from '../../../src/action/summary/render.ts'
import { reportToHtml } from '../../../src/report-html/render.ts'
import { openPlace, type Place } from './stage.ts'

const MINUTE = 60_000

/** prod1 gets requests until so long after its weight is 0. */
async function requestsUntil(place: Place, ms: number, over: AbortSignal): Promise<void> {
  const { emulator, clock } = place
  const [loadBalancer] = emulator.operations.elasticloadbalancing.DescribeLoadBalancers({
    Names: ['shop']
  }).LoadBalancers ?? [{}]
  let since: number | undefined
  while (!over.aborted) {
    if (place.weights()[0] === 0) since ??= clock.now()
    if (since !== undefined && clock.now() - since > ms) return
    const group = emulator.world.elb.targetGroups.get(place.groups[0])
    if (group) emulator.world.metrics.chosen(loadBalancer?.LoadBalancerArn ?? '', group)
    await clock.sleep(10_000, over).catch(() => undefined)
  }
}

async function released(bake: string, ms: number, isDenied = false) {
  const place = await openPlace()
  if (isDenied) {
    place.emulator.faults.add({ operation: 'cloudwatch:GetMetricData', fault: { kind: 'denied' } })
  }
  const over = new AbortController()
  const asking = requestsUntil(place, ms, over.signal)
  const run = place.run({ steps: '100', bake })
  await place.advance(run.ended)
  over.abort()
  await asking
  const report = await run.ended
  const { completedAt = 0, drained } = report.deployment ?? {}
  return { report, drained, heldMs: place.clock.now() - completedAt, lines: run.lines.join('\n') }
}

const UNSEEN = 'connections that are still open cannot be seen'

describe('the side at weight 0', () => {
  it('is told with the minute of its last requests, in log, summary and report', async () => {
    const { report, drained, lines } = await released('5 min', MINUTE)
    expect(report.outcome).toBe('released')
    expect(drained).toMatchObject({ side: 'prod1', state: 'zero' })
    expect(drained?.lastRequestAt).toEqual(expect.any(Number))
    for (const told of [lines, renderSummary(report), reportToHtml(report)]) {
      expect(told).toContain('RequestCount of prod1 at weight 0 is zero: its last requests were')
      expect(told).toContain(UNSEEN)
    }
  })

  it('holds the job no longer than the last step was watched', async () => {
    const { drained, heldMs, lines } = await released('2 min', 60 * MINUTE)
    expect(drained?.state).toBe('not-yet')
    expect(heldMs).toBeLessThanOrEqual(2 * MINUTE + 5_000)
    expect(lines).toContain('is not zero yet')
  })

  it('is told as not read if the role may not ask CloudWatch', async () => {
    const { report, drained, heldMs, lines } = await released('5 min', MINUTE, true)
    expect(report.outcome).toBe('released')
    expect(drained).toEqual({ side: 'prod1', state: 'unread', lastRequestAt: undefined })
    expect(heldMs).toBeLessThan(10_000)
    expect(lines).toContain(`RequestCount of prod1 at weight 0 could not be read; ${UNSEEN}`)
  })
})
