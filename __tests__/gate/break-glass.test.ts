import { describe, expect, test } from '@jest/globals'
import { EN } from '../../src/gate/card/words/en.ts'
import { KO } from '../../src/gate/card/words/ko.ts'
import { SlackError } from '../../src/gate/slack/slack.ts'
import { record } from '../../src/ledger/chain.ts'
import { membersOf, readRow } from '../../src/ledger/decision-row.ts'
import type { TrafficResult, Gate } from '../../src/ledger/gate.ts'
import {
  BREAK_GLASS_REFUSALS,
  UNREAD_REVISION,
  type GateFacts,
  type ImageFacts
} from '../../src/ledger/gate-facts.ts'
import { breakGlass, openGate, reject } from '../../src/ledger/gates.ts'
import { markAnswered, noteTrafficResult } from '../../src/ledger/gate-results.ts'
import { chainKey, chainPartition, releaseKey } from '../../src/ledger/keys.ts'
import type { Item } from '../../src/ledger/table.ts'
import { factsOf, localSeal } from '../ledger/samples.ts'
import { textsIn } from './card/slack-limits.ts'
import { MINUTE, policyWith } from './memory-world.ts'
import { ASKED, DEPLOYMENT, inTime, stage, type Stage } from './stage.ts'

const REASON = 'orders are wrong since noon'
const DIGEST = `sha256:${'a'.repeat(64)}`
const OTHER_DIGEST = `sha256:${'b'.repeat(64)}`
const SERVICE = 'shop/orders'

const image = (digest: string | undefined, container = 'app'): ImageFacts => ({
  container,
  before: 'orders:1',
  after: 'orders:2',
  digest
})

interface Past {
  readonly deployment?: string
  readonly state?: 'APPROVED' | 'REJECTED'
  readonly before?: string | undefined
  readonly after?: string
  readonly images?: readonly ImageFacts[]
  readonly effect?: 'APPLIED' | 'LATE' | 'NONE'
  /** `null`: nobody has looked yet. */
  readonly trafficResult?: Pick<TrafficResult, 'status' | 'rollback'> | null
}

const RELEASED = { status: 'released', rollback: 'none' } as const

/** A release that was decided before, as the gate's functions leave it in the ledger. */
async function decided({ table, seal }: Stage, past: Past = {}): Promise<Gate> {
  const deployment = past.deployment ?? 'd-BEFORE'
  const {
    state = 'APPROVED',
    effect = 'APPLIED',
    trafficResult = RELEASED,
    after = 'orders:2'
  } = past
  const base = factsOf(deployment, deployment)
  const release: GateFacts['release'] = {
    ...base.release,
    revision: { before: 'before' in past ? past.before : 'orders:1', after },
    images: past.images ?? [image(DIGEST)]
  }
  const { gate } = await openGate(table, { ...base, release }, [deployment])
  const by = [{ id: 'U0ANN', name: 'Ann' }]
  const decision = { at: 1, by, reason: 'as it is', breakGlass: false, policy: undefined }
  const close = state === 'APPROVED' ? breakGlass : reject
  const closed = await close(table, gate, { decision })
  if (!closed) throw new Error('the gate was not closed')
  const recorded = await record(table, seal, closed)
  const [hold] = gate.facts.holds
  const told = effect === 'NONE' ? recorded : await markAnswered(table, recorded, hold, effect)
  return (
    (trafficResult &&
      told &&
      (await noteTrafficResult(table, told, hold, { ...trafficResult, at: 2 }))) ??
    closed
  )
}

/** A rollback to `orders:2` asks to pass now. */
async function asks(place: Stage, more: object = { breakGlass: REASON }): Promise<Gate> {
  const text = JSON.stringify({
    version: 1,
    cluster: 'shop',
    service: 'orders',
    deploymentId: DEPLOYMENT,
    repository: 'org/shop',
    run: { id: '4711', attempt: '2' },
    actor: 'octocat',
    revision: { before: 'orders:3', after: 'orders:2' },
    images: [{ container: 'app', after: 'orders:2', digest: DIGEST }],
    changes: [],
    evidence: [],
    ...more
  })
  await place.table.create({ ...releaseKey(SERVICE, DEPLOYMENT), record: text, token: 'a token' })
  await place.hook()
  return place.gate()
}

function open(...settings: Parameters<typeof stage>): Stage {
  const place = stage(...settings)
  place.plane.digest = DIGEST
  return place
}

const shown = ({ slack }: Stage): string =>
  textsIn(slack.shown)
    .map(({ text }) => text.replaceAll('\u2060', ''))
    .join('\n')

/** Changes what stands in an item, as nobody but the table's owner could. */
function tamper({ table }: Stage, number: number, change: (item: Item) => Item): void {
  const { pk, sk } = chainKey(SERVICE, number)
  const key = JSON.stringify([pk, sk])
  const item = table.items.get(key)
  if (!item) throw new Error(`there is no row ${number}`)
  table.items.set(key, change(item))
}

describe('threat: a rollback passes without a person to what nobody would let through', () => {
  test('one whose last release was rolled back minutes ago waits for a person', async () => {
    const place = open()
    await decided(place, { trafficResult: { status: 'failed', rollback: 'succeeded' } })
    await place.clock.advance(3 * MINUTE)
    expect(await asks(place)).toMatchObject({
      state: 'PENDING',
      breakGlassRefused: { why: 'rolled-back', about: 'd-BEFORE' }
    })
    expect(place.plane.told).toEqual([])
  })

  test('passes where everything speaks for it, marked as what it is', async () => {
    const place = open()
    await decided(place)
    expect(await asks(place)).toMatchObject({
      state: 'APPROVED',
      effect: 'APPLIED',
      breakGlassRefused: undefined,
      decision: { breakGlass: true, reason: REASON, by: [{ id: 'U0ASK' }] }
    })
    expect(place.plane.told).toMatchObject([{ answer: 'go' }])
  })

  test.each<[string, object]>([
    ['no reason', {}],
    ['an empty reason', { breakGlass: '' }],
    ['a reason of spaces', { breakGlass: ' \n ' }]
  ])('asks a person as ever where there is %s', async (_, more) => {
    const place = open()
    await decided(place)
    expect(await asks(place, more)).toMatchObject({
      state: 'PENDING',
      breakGlassRefused: undefined
    })
    expect(shown(place)).not.toContain('without a person')
  })

  const refusals: readonly (readonly [
    name: string,
    why: (typeof BREAK_GLASS_REFUSALS)[number],
    about: string | RegExp,
    happens: () => Promise<Stage>
  ])[] = [
    [
      'the policy does not allow it',
      'not-allowed',
      SERVICE,
      () => before({}, policyWith({ breakGlass: { users: ['U0CHO'], rollback: false } }))
    ],
    [
      'the policy knows no break-glass',
      'not-allowed',
      SERVICE,
      () => before({}, policyWith({ breakGlass: undefined }))
    ],
    [
      'nothing proves who asks',
      'not-proven',
      'octocat',
      () => before({}, policyWith(), { ...ASKED, verified: false, why: 'no-token' })
    ],
    [
      'AWS does not say which revision it is, even if that was released before',
      'revision-unread',
      '',
      async () => {
        const place = await before({ after: UNREAD_REVISION })
        const definitions = {
          revision: { before: undefined, after: UNREAD_REVISION },
          images: [],
          changes: undefined
        }
        place.plane.definitions = () => Promise.resolve(definitions)
        return place
      }
    ],
    ['nothing was ever decided', 'never-decided', 'orders:2', () => Promise.resolve(open())],
    [
      'another revision was approved',
      'never-decided',
      'orders:2',
      () => before({ after: 'orders:22' })
    ],
    ['it was rejected', 'not-approved', 'REJECTED', () => before({ state: 'REJECTED' })],
    [
      'it was rejected after it had been released',
      'not-approved',
      'REJECTED',
      async () => {
        const place = await before()
        await decided(place, { deployment: 'd-LATER', before: 'orders:3', state: 'REJECTED' })
        return place
      }
    ],
    [
      'a later release of it was rolled back',
      'rolled-back',
      'd-LATER',
      async () => {
        const place = await before()
        const trafficResult = { status: 'stopped', rollback: 'in-progress' } as const
        await decided(place, { deployment: 'd-LATER', before: 'orders:3', trafficResult })
        return place
      }
    ],
    [
      'its release failed',
      'failed',
      'd-BEFORE',
      () => before({ trafficResult: { status: 'failed', rollback: 'none' } })
    ],
    [
      'its release failed, and so did the rollback',
      'failed',
      'd-BEFORE',
      () => before({ trafficResult: { status: 'failed', rollback: 'failed' } })
    ],
    [
      'its release was stopped',
      'stopped',
      'd-BEFORE',
      () => before({ trafficResult: { status: 'stopped', rollback: 'none' } })
    ],
    ['its approval came too late', 'late', 'd-BEFORE', () => before({ effect: 'LATE' })],
    [
      'CodeDeploy was not told of its approval',
      'result-unknown',
      'd-BEFORE',
      () => before({ effect: 'NONE' })
    ],
    [
      'its traffic still moves',
      'result-unknown',
      'd-BEFORE',
      () => before({ trafficResult: { status: 'shifting', rollback: 'none' } })
    ],
    [
      'nobody knows how it ended',
      'result-unknown',
      'd-BEFORE',
      () => before({ trafficResult: null })
    ],
    [
      "its gate's item is gone",
      'result-unknown',
      'd-BEFORE',
      async () => {
        const place = await before()
        for (const key of place.table.items.keys()) {
          if (key.includes('gate#d-BEFORE')) place.table.items.delete(key)
        }
        return place
      }
    ],
    [
      "its gate's item speaks of another row",
      'result-unknown',
      'd-BEFORE',
      async () => {
        const place = await before()
        for (const [key, item] of place.table.items) {
          if (key.includes('gate#d-BEFORE')) {
            place.table.items.set(key, { ...item, head: `1-${'0'.repeat(64)}` })
          }
        }
        return place
      }
    ],
    [
      'its seal is of another key',
      'seal-broken',
      /^1-/,
      async () => {
        const place = open()
        await decided(Object.assign({}, place, { seal: localSeal('another key') }))
        return place
      }
    ],
    [
      'the seal of the last row is of another key',
      'seal-broken',
      /^2-/,
      async () => {
        const place = await before()
        const later = { deployment: 'd-LATER', before: 'orders:2', after: 'orders:3' }
        await decided(Object.assign({}, place, { seal: localSeal('another key') }), later)
        return place
      }
    ],
    [
      'KMS does not answer',
      'seal-unread',
      /^1-/,
      async () => {
        const place = await before()
        Object.assign(place.seal, { verify: () => Promise.reject(new Error('KMS is down')) })
        return place
      }
    ],
    [
      'its row was edited',
      'chain-damaged',
      '1',
      async () => {
        const place = await before({ state: 'REJECTED' })
        const approved = (text: unknown): string => String(text).replace('REJECTED', 'APPROVED')
        tamper(place, 1, (item) => ({ ...item, row: approved(item['row']) }))
        return place
      }
    ],
    [
      'a later row is gone',
      'chain-damaged',
      '2',
      async () => {
        const place = await before()
        const later = { before: 'orders:2', after: 'orders:3' }
        await decided(place, { ...later, deployment: 'd-LATER' })
        await decided(place, { ...later, deployment: 'd-LAST' })
        const { pk, sk } = chainKey(SERVICE, 2)
        place.table.items.delete(JSON.stringify([pk, sk]))
        return place
      }
    ],
    [
      'an item of the chain is no row',
      'chain-damaged',
      SERVICE,
      async () => {
        const place = await before()
        await place.table.create({ ...chainKey(SERVICE, 2), row: 1 })
        return place
      }
    ],
    [
      'somebody went back from it',
      'gone-back-from',
      'd-BACK',
      async () => {
        const place = await before()
        await decided(place, { deployment: 'd-BACK', before: 'orders:2', after: 'orders:1' })
        await decided(place, { deployment: 'd-LAST', before: 'orders:1', after: 'orders:3' })
        return place
      }
    ],
    [
      'somebody went back from what nobody knows',
      'gone-back-from',
      'd-BACK',
      async () => {
        const place = await before()
        await decided(place, { deployment: 'd-BACK', before: undefined, after: 'orders:1' })
        return place
      }
    ],
    [
      'its digest was not recorded',
      'digest-not-recorded',
      'app',
      () => before({ images: [image(undefined)] })
    ],
    [
      'it ran two images at once',
      'digest-not-recorded',
      'app',
      () => before({ images: [image(DIGEST), image(OTHER_DIGEST)] })
    ],
    ['no images were recorded', 'digest-not-recorded', 'app', () => before({ images: [] })],
    [
      'its digest is not known now',
      'digest-not-known',
      'app',
      async () => {
        const place = await before()
        place.plane.digest = undefined
        return place
      }
    ],
    [
      'only the job says what it runs',
      'digest-not-known',
      'app',
      async () => {
        const place = await before()
        const revision = { before: 'orders:3', after: 'orders:2' }
        place.plane.definitions = () =>
          Promise.resolve({ revision, images: [], changes: undefined })
        return place
      }
    ],
    [
      'a container that ran then does not run now',
      'digest-not-known',
      'log',
      () => before({ images: [image(DIGEST), image(DIGEST, 'log')] })
    ],
    [
      'its tag has moved',
      'digest-differs',
      'app',
      async () => {
        const place = await before()
        place.plane.digest = OTHER_DIGEST
        return place
      }
    ]
  ]

  /** The revision was released before, in this way. */
  async function before(past: Past = {}, ...settings: Parameters<typeof stage>): Promise<Stage> {
    const place = open(...settings)
    await decided(place, past)
    return place
  }

  test.each(refusals)('asks a person where %s', async (_, why, about, happens) => {
    const place = await happens()
    const gate = await asks(place)
    expect(gate.state).toBe('PENDING')
    expect(place.plane.told).toEqual([])
    const wanted: unknown = about instanceof RegExp ? expect.stringMatching(about) : about
    expect(gate.breakGlassRefused).toEqual({ why, about: wanted })
    const [first = ''] = EN.glassRefusedWhy[why]('?').split('?')
    expect(shown(place)).toContain(`without a person, and does not: ${first}`)
  })

  test('every refusal has been tried', () => {
    expect(new Set(refusals.map(([, why]) => why))).toEqual(new Set(BREAK_GLASS_REFUSALS))
  })

  test('going on to a newer revision is no going back', async () => {
    const place = await before()
    await decided(place, { deployment: 'd-NEWER', before: 'orders:2', after: 'orders:3' })
    await decided(place, { deployment: 'd-ASIDE', before: 'orders:3', after: 'orders:1' })
    expect((await asks(place)).state).toBe('APPROVED')
  })

  test('a release of it that was rejected takes nothing from one of another revision', async () => {
    const place = await before()
    await decided(place, {
      deployment: 'd-BACK',
      before: 'orders:2',
      after: 'orders:1',
      state: 'REJECTED'
    })
    expect((await asks(place)).state).toBe('APPROVED')
  })

  test('a rollback that passed so counts as a release itself', async () => {
    const place = await before({ trafficResult: { status: 'failed', rollback: 'none' } })
    await decided(place, { deployment: 'd-AGAIN', before: 'orders:3' })
    expect((await asks(place)).state).toBe('APPROVED')
  })

  test('the reason is in the row too, whoever decides, and the card keeps it', async () => {
    const place = await before({ trafficResult: { status: 'stopped', rollback: 'none' } })
    await asks(place)
    await place.click('U0ANN', 'approve')
    expect(await place.gate()).toMatchObject({ state: 'APPROVED', effect: 'APPLIED' })
    const rows = (await place.table.query(chainPartition(SERVICE))).flatMap(
      (item) => readRow(item) ?? []
    )
    expect(rows.map((row) => membersOf(row)?.['breakGlassRefused'])).toEqual([
      undefined,
      { why: 'stopped', about: 'd-BEFORE' }
    ])
    expect(shown(place)).toContain(
      'It asked to pass without a person, and does not: `d-BEFORE`, which released this revision last, was stopped.'
    )
  })

  test('a Korean card says it in Korean', async () => {
    const place = await before({ effect: 'LATE' }, policyWith({}, { language: 'ko' }))
    await asks(place)
    expect(shown(place)).toContain(KO.glassRefused(KO.glassRefusedWhy.late('`d-BEFORE`')))
  })

  test('who has been asked is not passed by when the hook is invoked again', async () => {
    const place = open()
    const gate = await decided(place, { trafficResult: null })
    expect((await asks(place)).state).toBe('PENDING')
    await noteTrafficResult(place.table, gate, gate.facts.holds[0], { ...RELEASED, at: 3 })
    await place.hook()
    expect(await place.gate()).toMatchObject({
      state: 'PENDING',
      breakGlassRefused: { why: 'result-unknown' }
    })
    expect(place.plane.told).toEqual([])
  })

  test('Slack down: a refused rollback fails closed as any release does', async () => {
    const place = await before({ effect: 'LATE' })
    place.slack.post = () => Promise.reject(new SlackError('chat.postMessage', 'network'))
    expect(await inTime(place, asks(place))).toMatchObject({
      state: 'FAILED',
      breakGlassRefused: { why: 'late' }
    })
  })
})
