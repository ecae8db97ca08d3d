import { describe, expect, test } from '@jest/globals'
import {
  firstMove,
  nextOf,
  weightsOf,
  type Found,
  type Move,
  type MovePlan
} from '../../../src/controllers/listener/move.ts'
import { weightsFor } from '../../../src/controllers/listener/weights.ts'

const MINUTE = 60_000

const plan: MovePlan = {
  releaseId: 'f-1',
  route: 'arn:rule',
  pair: { from: 'arn:prod1', to: 'arn:prod2' },
  start: { from: 100, to: 0 },
  steps: [
    { share: 10, bakeMs: MINUTE, asks: true },
    { share: 50, bakeMs: MINUTE, asks: false },
    { share: 100, bakeMs: 0, asks: true }
  ]
}

const person = { kind: 'person', by: 'U1' } as const

function found(change: Partial<Found> = {}): Found {
  return { now: 0, live: plan.start, allowed: false, back: undefined, ...change }
}

function at(change: Partial<Move>): Move {
  return { ...firstMove(plan, 0), ...change }
}

test('a person is asked before the first step if the step asks, else it is written', () => {
  expect(firstMove(plan, 7)).toEqual({
    state: 'waiting',
    step: 0,
    since: 7,
    confirmed: plan.start
  })
  expect(firstMove({ ...plan, steps: plan.steps.slice(1) }, 7).state).toBe('writing')
})

test('a whole move: asked, written, confirmed, watched, step by step', () => {
  let live = plan.start
  let move = firstMove(plan, 0)
  let now = 0
  const story: string[] = []
  for (let turn = 0; turn < 40; turn++) {
    const next = nextOf(plan, move, { now, live, allowed: true, back: undefined })
    if (next.kind === 'end') {
      story.push(next.end)
      break
    }
    if (next.kind === 'write') {
      live = next.weights
      story.push(`write ${live.from}/${live.to}`)
    } else if (next.kind === 'record') {
      move = next.move
      story.push(`${move.state} ${move.step}`)
    } else {
      now = next.until ?? now
      story.push(`until ${now / MINUTE}`)
    }
  }
  expect(story).toEqual([
    ...['writing 0', 'write 90/10', 'baking 0', 'until 1'],
    ...['writing 1', 'write 50/50', 'baking 1', 'until 2'],
    ...['waiting 2', 'writing 2', 'write 0/100', 'baking 2'],
    ...['completed 2', 'completed']
  ])
})

describe('what is recorded happens before what is written', () => {
  test('a step that a person has allowed is recorded, and not written in the same turn', () => {
    expect(nextOf(plan, at({}), found({ allowed: true, now: 5 }))).toEqual({
      kind: 'record',
      move: at({ state: 'writing', since: 5 })
    })
  })

  test('a write that a crashed mover has sent is not sent again', () => {
    const next = nextOf(plan, at({ state: 'writing' }), found({ live: weightsFor(10), now: 9 }))
    expect(next).toEqual({
      kind: 'record',
      move: at({ state: 'baking', since: 9, confirmed: weightsFor(10) })
    })
  })

  test('a write that a crashed mover has not sent is sent', () => {
    expect(nextOf(plan, at({ state: 'writing' }), found())).toEqual({
      kind: 'write',
      weights: weightsFor(10)
    })
  })
})

describe('going back', () => {
  test('before anything has moved nothing is written', () => {
    expect(nextOf(plan, at({}), found({ back: { kind: 'rejected' } }))).toEqual({
      kind: 'record',
      move: at({ state: 'restored', cause: { kind: 'rejected' } })
    })
  })

  test.each<[string, Move]>([
    ['while a step is written', at({ state: 'writing' })],
    ['while a step is watched', at({ state: 'baking', confirmed: weightsFor(10) })],
    ['while the next step waits', at({ state: 'waiting', step: 2, confirmed: weightsFor(50) })]
  ])('%s the start weights come back', (_, move) => {
    const told = nextOf(plan, move, found({ live: move.confirmed, back: person }))
    expect(told).toEqual({ kind: 'record', move: { ...move, state: 'restoring', cause: person } })
    for (const live of [move.confirmed, weightsOf(plan, move.step)]) {
      const next = nextOf(plan, { ...move, state: 'restoring' }, found({ live }))
      const isThere = live.from === 100
      expect(next.kind).toBe(isThere ? 'record' : 'write')
      if (next.kind === 'write') expect(next.weights).toEqual(plan.start)
    }
  })

  test('it has ended once the route shows the start weights again', () => {
    const move = at({ state: 'restoring', confirmed: weightsFor(50), cause: person })
    expect(nextOf(plan, move, found({ now: 3 }))).toEqual({
      kind: 'record',
      move: { ...move, state: 'restored', since: 3, confirmed: plan.start }
    })
  })
})

describe('what somebody else has changed stays, and both states are on record', () => {
  test.each<[Move['state'], Found['live'], Move['confirmed']]>([
    ['waiting', { from: 0, to: 100 }, plan.start],
    ['waiting', undefined, plan.start],
    ['writing', { from: 80, to: 20 }, plan.start],
    ['writing', { from: 0, to: 0 }, plan.start],
    ['baking', plan.start, weightsFor(10)],
    ['baking', { from: 9, to: 1 }, weightsFor(10)],
    ['restoring', weightsFor(99), weightsFor(50)],
    ['restoring', undefined, weightsFor(50)]
  ])('%s, and the route shows %j', (state, live, confirmed) => {
    const move = at({ state, confirmed })
    expect(nextOf(plan, move, found({ live, allowed: true }))).toEqual({
      kind: 'record',
      move: { ...move, state: 'foreign', foreign: live ?? null }
    })
  })

  test('it counts more than a person who wants to go back', () => {
    const move = at({ state: 'baking', confirmed: weightsFor(10) })
    expect(nextOf(plan, move, found({ live: weightsFor(20), back: person }))).toMatchObject({
      move: { state: 'foreign' }
    })
  })
})

test.each(['completed', 'restored', 'foreign'] as const)('%s is an end', (state) => {
  expect(nextOf(plan, at({ state }), found({ live: undefined }))).toEqual({
    kind: 'end',
    end: state
  })
})
