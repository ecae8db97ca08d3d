import { expect } from '@jest/globals'
import { MINUTE, SECOND } from '../lab.ts'
import type { Observations } from './observation.ts'

/** Switches about what reaches a function, and how. */
export const DELIVERY: Observations<'httpApiBody' | 'eventDelivery'> = {
  httpApiBody: {
    see: async ({ emulator }) => {
      emulator.world.lambda.create('echo', { kind: 'inline', handler: (event) => event })
      const api = await emulator.openHttpApi({ routes: { 'POST /form': 'echo' } })
      const answer = await fetch(`${api.url}/form`, {
        method: 'POST',
        body: new URLSearchParams({ payload: '{}' })
      })
      const event: unknown = await answer.json()
      return event
    },
    expected: {
      base64: expect.objectContaining({
        body: Buffer.from('payload=%7B%7D').toString('base64'),
        isBase64Encoded: true
      }),
      text: expect.objectContaining({ body: 'payload=%7B%7D', isBase64Encoded: false })
    }
  },

  eventDelivery: {
    see: async (lab) => {
      const { lambda, events } = lab.emulator.world
      const told = lambda.create('told', { kind: 'inline', handler: () => undefined })
      events.putRule({
        name: 'starts',
        pattern: { source: ['aws.codedeploy'], detail: { state: ['START'] } },
        targets: ['told']
      })
      const id = await lab.release()
      await lab.clock.advance(5 * MINUTE)
      // START tells of the deployment's own start: until then it is Created and Queued.
      const startedAt = (await lab.deployment(id)).startTime?.getTime() ?? NaN
      return told.invocations.map(({ at }) => Math.round((at - startedAt) / SECOND))
    },
    expected: { once: [0], duplicated: [0, 1], delayed: [90], lost: [] }
  }
}
