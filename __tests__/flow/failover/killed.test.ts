import { expect, it } from '@jest/globals'
import { PLANES, planeOfKind } from '../../../src/controllers/choose.ts'
import type { PlaneContext, PlaneFactory } from '../../../src/controllers/control-plane.ts'
import type { Clients } from '../../../src/aws/clients.ts'
import { openPlace } from './stage.ts'

const INPUTS = { steps: '50, 100', bake: '5 s' }
/** More than a release of these inputs makes of the load balancer. */
const MOST_CALLS = 60

/** The job is gone at this call: before AWS has it, or after AWS has done it. */
function killedAt(call: number, after: boolean): { planes: PlaneFactory[]; calls(): number } {
  let calls = 0
  const failover = planeOfKind(PLANES, 'listener')
  const dying = (context: PlaneContext): Clients => ({
    ...context.clients,
    async loadBalancing() {
      const { sdk, client } = await context.clients.loadBalancing()
      client.middlewareStack.add(
        (next) => async (args) => {
          calls++
          const isHere = calls === call
          if (isHere && !after) return new Promise<never>(() => undefined)
          const answer = await next(args)
          return isHere ? new Promise<never>(() => undefined) : answer
        },
        { step: 'initialize', name: 'killed', override: true }
      )
      return { sdk, client }
    }
  })
  return {
    planes: [
      { ...failover, open: (context) => failover.open({ ...context, clients: dying(context) }) }
    ],
    calls: () => calls
  }
}

it('a job that is killed at any call leaves the weights at a declared step or at the start, and the next run goes on as told', async () => {
  const whole = await openPlace()
  const counted = killedAt(Infinity, false)
  const run = whole.run(INPUTS, counted)
  await whole.advance(run.ended)
  expect(await run.ended).toMatchObject({ outcome: 'released' })
  const made = counted.calls()
  expect(made).toBeLessThan(MOST_CALLS)
  const seen = new Set<string>()
  // The survey's calls come first, and write nothing.
  for (let call = 8; call <= made; call++) {
    for (const after of [false, true]) {
      const place = await openPlace()
      const dead = place.run(INPUTS, killedAt(call, after))
      await place.advance(dead.ended, 120_000)
      const weights = place.weights()
      seen.add(String(weights))
      const next = place.run({ ...INPUTS, first: 'prod1' })
      await place.advance(next.ended)
      const report = await next.ended
      const again = weights[1] === 100 ? 'refused' : 'released'
      expect({ call, after, outcome: report.outcome }).toEqual({ call, after, outcome: again })
      if (weights[1] === 50) {
        expect(next.lines.join('\n')).toContain('both sides have traffic (prod1 50, prod2 50)')
      }
      expect(place.weights()).toEqual([0, 100])
    }
  }
  expect(seen).toEqual(new Set(['100,0', '50,50', '0,100']))
})
