import { describe, expect, test } from '@jest/globals'
import { canonical } from '../../src/ledger/canonical.ts'
import { evidenceItem, evidenceKey, readEvidenceItem } from '../../src/ledger/evidence-item.ts'
import { readRow } from '../../src/ledger/decision-row.ts'
import type { EvidenceFacts } from '../../src/ledger/gate-facts.ts'
import { releaseKey } from '../../src/ledger/keys.ts'
import { LONGEST_RECORD } from '../../src/ledger/release-record.ts'
import { ofRunning } from '../../src/gate/reconcile/evidence.ts'
import type { FlowEvidence, RunningImage } from '../../src/release/evidence.ts'
import { LARGEST_ITEM, sizeOfItem } from '../ledger/memory-table.ts'
import { policyWith } from './memory-world.ts'
import { DEPLOYMENT, stage, type Stage } from './stage.ts'

const SERVICE = 'shop/orders'
/** What green runs, and what it does not. */
const RUNNING = `sha256:${'a'.repeat(64)}`
const OTHER = `sha256:${'b'.repeat(64)}`
const image = (container: string, digest: string): RunningImage => ({ container, digest })

function found(verdict: FlowEvidence['verdict'], more: Partial<FlowEvidence> = {}): FlowEvidence {
  return {
    section: 'flow',
    name: 'order and pay',
    required: true,
    verdict,
    summary: verdict === 'passed' ? '4 steps in 80 ms' : 'fails at pay: status 500, wanted 200',
    startedAt: 1,
    endedAt: 2,
    steps: [],
    ...more
  }
}

/** A gate whose release has announced this evidence. */
async function opened(
  announced: readonly Partial<EvidenceFacts>[] = [{}],
  policy = policyWith()
): Promise<Stage> {
  const place = stage(policy)
  place.plane.digest = RUNNING
  const evidence = announced.map((each) => ({
    name: 'order and pay',
    verdict: 'pending',
    required: true,
    summary: '',
    ...each
  }))
  const record = {
    version: 1,
    cluster: 'shop',
    service: 'orders',
    deploymentId: DEPLOYMENT,
    revision: { after: 'orders:2' },
    evidence
  }
  await place.table.create({ ...releaseKey(SERVICE, DEPLOYMENT), record: canonical(record) })
  await place.hook()
  return place
}

const arrives = (place: Stage, evidence: FlowEvidence): Promise<boolean> =>
  place.table.create(evidenceItem(SERVICE, DEPLOYMENT, evidence, 'f', 'function'))
const shown = (place: Stage): string => JSON.stringify(place.slack.shown)
const said = (place: Stage): string | undefined => place.slack.ephemerals.at(-1)?.text

describe('required evidence', () => {
  test('that is still measured: nobody can approve, and the card and the clicker are told so', async () => {
    const place = await opened()
    expect(shown(place)).toContain('still measured')
    await place.click('U0ANN', 'approve')
    expect(await place.gate()).toMatchObject({ state: 'PENDING', votes: [] })
    expect(said(place)).toContain('Required evidence is still measured: order and pay')
    expect(place.plane.told).toEqual([])
  })

  test('that has passed meanwhile: the next click decides, and it goes on record', async () => {
    const place = await opened()
    await arrives(place, found('passed'))
    await place.click('U0ANN', 'approve')
    expect(await place.gate()).toMatchObject({
      state: 'APPROVED',
      effect: 'APPLIED',
      evidence: [{ name: 'order and pay', verdict: 'passed', required: true }]
    })
    expect(shown(place)).toContain('4 steps in 80 ms')
    const row = [...place.table.items.values()].find(({ pk }) => pk.startsWith('chain#'))
    expect(row && JSON.parse(readRow(row)?.text ?? '')).toMatchObject({
      evidence: [{ name: 'order and pay', verdict: 'passed', summary: '4 steps in 80 ms' }]
    })
  })

  test('is shown by the next sweep, without a click', async () => {
    const place = await opened()
    await arrives(place, found('passed'))
    await place.sweep()
    expect(shown(place)).toContain('4 steps in 80 ms')
    expect((await place.gate()).state).toBe('PENDING')
  })

  test.each(['failed', 'unknown'] as const)(
    'that is %s rejects the gate by itself: nobody has to notice',
    async (verdict) => {
      const place = await opened()
      await arrives(place, found(verdict))
      await place.sweep()
      expect(await place.gate()).toMatchObject({
        state: 'REJECTED',
        effect: 'APPLIED',
        decision: { by: [], reason: 'order and pay: fails at pay: status 500, wanted 200' }
      })
      expect(place.plane.told).toMatchObject([{ answer: 'no-go' }])
      expect(shown(place)).toContain('*Rejected* by the evidence itself')
    }
  )

  test('that fails before the click: the click comes too late, whoever clicks', async () => {
    const place = await opened()
    await arrives(place, found('failed'))
    await place.click('U0ANN', 'approve')
    expect(await place.gate()).toMatchObject({ state: 'REJECTED', effect: 'APPLIED' })
    expect(said(place)).toMatch(/^Too late: rejected by the evidence itself/)
  })

  test("of another image is refused in the policy's language, on record too", async () => {
    const place = await opened([{}], policyWith({}, { language: 'ko' }))
    await arrives(place, found('passed', { images: [image('app', OTHER)] }))
    await place.sweep()
    const { state, decision } = await place.gate()
    expect(state).toBe('REJECTED')
    expect(decision?.reason).toMatch(/^order and pay: 검증한 이미지\(app sha256:b+\)와 그린이/)
  })

  test('that is there when the gate opens rejects it at once', async () => {
    const place = stage()
    await arrives(place, found('failed'))
    await place.table.create({
      ...releaseKey(SERVICE, DEPLOYMENT),
      record: canonical({
        version: 1,
        cluster: 'shop',
        service: 'orders',
        deploymentId: DEPLOYMENT,
        revision: { after: 'orders:2' },
        evidence: [{ name: 'order and pay', verdict: 'pending', required: true, summary: '' }]
      })
    })
    await place.hook()
    expect(await place.gate()).toMatchObject({ state: 'REJECTED', effect: 'APPLIED' })
  })

  test('stays required, whatever comes under its name', async () => {
    const place = await opened()
    await arrives(place, found('failed', { required: false }))
    await place.sweep()
    expect((await place.gate()).state).toBe('REJECTED')
  })

  test('asked at the tasks directly is shown and recorded as such', async () => {
    const place = await opened()
    await arrives(place, found('passed', { asked: 'tasks' }))
    await place.click('U0ANN', 'approve')
    expect(shown(place)).toContain(
      'passed (required, asked at the tasks directly, not through a load balancer): 4 steps'
    )
    const row = [...place.table.items.values()].find(({ pk }) => pk.startsWith('chain#'))
    expect(row && JSON.parse(readRow(row)?.text ?? '')).toMatchObject({
      evidence: [{ name: 'order and pay', verdict: 'passed', asked: 'tasks' }]
    })
  })

  test('of another image than green runs is unknown, so it rejects', async () => {
    const place = await opened()
    await arrives(place, found('passed', { images: [image('app', OTHER)] }))
    await place.sweep()
    expect(await place.gate()).toMatchObject({
      state: 'REJECTED',
      evidence: [{ verdict: 'unknown', summary: expect.stringMatching(/^asked of app sha256:bbb/) }]
    })
  })

  test('of the image that green runs counts, and the digest is no part of the record', async () => {
    const place = await opened()
    await arrives(place, found('passed', { images: [image('app', RUNNING)] }))
    await place.sweep()
    expect((await place.gate()).evidence).toEqual([
      {
        name: 'order and pay',
        verdict: 'passed',
        required: true,
        summary: '4 steps in 80 ms',
        measuredBy: 'function'
      }
    ])
  })

  test('of another deployment is none', async () => {
    const place = await opened()
    const item = evidenceItem(SERVICE, 'd-OTHER', found('passed'), 'f')
    await place.table.create({ ...item, ...evidenceKey(SERVICE, DEPLOYMENT, 'order and pay') })
    await place.sweep()
    expect(await place.gate()).toMatchObject({
      state: 'PENDING',
      evidence: [{ verdict: 'pending' }]
    })
  })

  test('that never comes: the gate expires', async () => {
    const place = await opened()
    await place.clock.advance(55 * 60_000)
    await place.sweep()
    expect((await place.gate()).state).toBe('EXPIRED')
  })

  test('does not bind who may break the glass', async () => {
    const place = await opened()
    await place.click('U0CHO', 'break-glass')
    await place.submit('U0CHO', 'break-glass', 'the queue is on fire')
    expect(await place.gate()).toMatchObject({ state: 'APPROVED', decision: { breakGlass: true } })
  })

  test('that the ledger cannot give back: nothing is decided', async () => {
    const place = await opened()
    const get = place.table.get.bind(place.table)
    place.table.get = (key) =>
      key.pk.startsWith('release#') ? Promise.reject(new Error('down')) : get(key)
    await place.click('U0ANN', 'approve')
    expect((await place.gate()).state).toBe('PENDING')
    expect(place.plane.told).toEqual([])
  })
})

describe('who has measured', () => {
  const byJob = (place: Stage, evidence: FlowEvidence): Promise<boolean> =>
    place.table.create(evidenceItem(SERVICE, DEPLOYMENT, evidence, 'f'))

  test('is said of what the job says that it has measured, and goes on record', async () => {
    const place = await opened()
    await byJob(place, found('passed'))
    await place.click('U0ANN', 'approve')
    expect(shown(place)).toContain('passed (required, measured by the job): 4 steps in 80 ms')
    const row = [...place.table.items.values()].find(({ pk }) => pk.startsWith('chain#'))
    expect(row && JSON.parse(readRow(row)?.text ?? '')).toMatchObject({
      evidence: [{ name: 'order and pay', verdict: 'passed', measuredBy: 'job' }]
    })
  })

  test('is not said of what a function has measured', async () => {
    const place = await opened()
    await arrives(place, found('passed'))
    await place.sweep()
    expect(shown(place)).toContain('passed (required): 4 steps in 80 ms')
  })

  test('threat: CI writes that evidence has passed: what a function has measured goes before it', async () => {
    const place = await opened()
    await byJob(place, found('passed'))
    await arrives(place, found('failed'))
    await place.sweep()
    expect(await place.gate()).toMatchObject({
      state: 'REJECTED',
      evidence: [{ verdict: 'failed', measuredBy: 'function' }]
    })
  })
})

describe('threat: what CI may write slows clicks', () => {
  const names = Array.from({ length: 200 }, (_, number) => `check ${number}`)

  test('the details are not read, and of the facts no more than anybody measures', async () => {
    const place = await opened(names.map((name) => ({ name, required: false })))
    for (const name of names) {
      const item = evidenceItem(SERVICE, DEPLOYMENT, found('passed', { name }), 'f')
      await place.table.create({ ...item, evidence: 'x'.repeat(380_000), detail: 'y' })
    }
    const get = place.table.get.bind(place.table)
    let read = 0
    const details: unknown[] = []
    place.table.get = async (...asked) => {
      const item = await get(...asked)
      if (!asked[0].sk.includes('#evidence#')) return item
      read += JSON.stringify(item ?? '').length
      details.push(item?.['detail'])
      return item
    }
    await place.click('U0ANN', 'approve')
    expect(read).toBeLessThan(5_000_000)
    expect(new Set(details)).toEqual(new Set([undefined]))
    expect(place.lines.join()).toContain('too much evidence to read')
    expect((await place.gate()).state).toBe('APPROVED')
  })

  test('what is measured is read, however many pieces there are', async () => {
    const place = await opened(names.map((name) => ({ name })))
    for (const name of names)
      await arrives(place, found('passed', { name, summary: '밤'.repeat(2_000) }))
    await place.click('U0ANN', 'approve')
    const { state, evidence } = await place.gate()
    expect([state, new Set(evidence.map(({ verdict }) => verdict))]).toEqual([
      'APPROVED',
      new Set(['passed'])
    ])
  })
})

describe('threat: CI writes more than an item of DynamoDB has room for', () => {
  const names = Array.from({ length: 200 }, (_, number) => `${number} ${'가'.repeat(80)}`)
  const sizes = (place: Stage): number[] =>
    place.table.history.filter(({ pk }) => /^(?:gate|chain)#/.test(pk)).map(sizeOfItem)

  test.each([
    ['밤', 1_000],
    ['😀', 1_000],
    ['"', 1_000],
    ['\u0001', 350]
  ])(
    'evidence with long texts of %j: the gate approves, no verdict or name is lost',
    async (letter, length) => {
      const place = await opened(names.map((name) => ({ name })))
      for (const name of names) {
        const item = evidenceItem(SERVICE, DEPLOYMENT, found('passed', { name }), 'f')
        const facts = { deploymentId: DEPLOYMENT, name, required: true, verdict: 'passed' }
        const evidence = canonical({ ...facts, summary: letter.repeat(length) })
        await place.table.create({ ...item, evidence })
      }
      await place.click('U0ANN', 'approve')
      const { state, evidence } = await place.gate()
      expect(state).toBe('APPROVED')
      expect(evidence.map(({ name }) => name)).toEqual(names)
      for (const { verdict, required, summary } of evidence) {
        expect([verdict, required]).toEqual(['passed', true])
        expect(summary).toMatch(/^.+$/s)
        expect(summary.isWellFormed()).toBe(true)
      }
      expect(Math.max(...sizes(place))).toBeLessThan(LARGEST_ITEM)
    }
  )

  test('one long text among short ones: the short ones stay whole', async () => {
    const place = await opened(names.map((name) => ({ name })))
    for (const [index, name] of names.entries()) {
      const summary = index < 100 ? '밤'.repeat(1_000) : '4 steps in 80 ms'
      await arrives(place, found('passed', { name, summary }))
    }
    await place.sweep()
    const { evidence } = await place.gate()
    expect(new Set(evidence.slice(100).map(({ summary }) => summary))).toEqual(
      new Set(['4 steps in 80 ms'])
    )
  })

  test('in the record beside it: the gate opens, and approves', async () => {
    const place = stage()
    const text = '가'.repeat(3_000)
    const base = {
      ...{ version: 1, cluster: 'shop', service: 'orders', deploymentId: DEPLOYMENT },
      ...{ repository: text, testUrl: text, breakGlass: text, actor: text },
      commit: { sha: text, url: text },
      run: { id: text, attempt: text, url: text },
      revision: { before: text, after: text },
      evidence: names.map((name) => ({ name, required: true, verdict: 'pending' }))
    }
    const rest = LONGEST_RECORD - Buffer.byteLength(canonical(base)) - 100
    const changes = [{ path: 'x', kind: 'changed', before: '', after: 'x'.repeat(rest) }]
    const record = canonical({ ...base, changes })
    await place.table.create({ ...releaseKey(SERVICE, DEPLOYMENT), record })
    await place.hook()
    expect((await place.gate()).evidence).toHaveLength(200)
    for (const name of names)
      await arrives(place, found('passed', { name, summary: '밤'.repeat(1_000) }))
    await place.click('U0ANN', 'approve')
    expect((await place.gate()).state).toBe('APPROVED')
    expect(Math.max(...sizes(place))).toBeLessThan(LARGEST_ITEM)
  })
})

describe('advisory evidence', () => {
  test('that fails is shown to the approver, who decides', async () => {
    const place = await opened([{ required: false }])
    await arrives(place, found('failed', { required: false }))
    await place.sweep()
    expect(shown(place)).toContain('FAILED')
    await place.click('U0ANN', 'approve')
    expect((await place.gate()).state).toBe('APPROVED')
  })

  test('that is not there yet keeps nobody waiting', async () => {
    const place = await opened([{ required: false }])
    await place.click('U0ANN', 'approve')
    expect((await place.gate()).state).toBe('APPROVED')
  })
})

describe('an item of evidence', () => {
  test('keeps the details where they fit, and goes without them where not', () => {
    const item = evidenceItem(SERVICE, DEPLOYMENT, found('passed'), 'f')
    expect(item).toMatchObject({
      pk: 'release#shop/orders',
      sk: `${DEPLOYMENT}#evidence#order and pay`,
      detail: canonical(found('passed'))
    })
    const step = { name: 'x'.repeat(300_000), method: 'GET', path: '/', attempts: 1 }
    const long = found('passed', {
      steps: [{ ...step, verdict: 'passed', status: 200, ms: 1, problems: [] }]
    })
    expect(evidenceItem(SERVICE, DEPLOYMENT, long, 'f')).not.toHaveProperty('detail')
  })

  test.each([
    [{}],
    [{ evidence: 7 }],
    [{ evidence: '{' }],
    [{ evidence: '[]' }],
    [{ evidence: canonical({ deploymentId: DEPLOYMENT, verdict: 'passed' }) }],
    [{ evidence: canonical({ deploymentId: DEPLOYMENT, name: 'x', verdict: 'pending' }) }]
  ])('%j is none', (attributes) => {
    expect(readEvidenceItem({ pk: 'p', sk: 's', ...attributes }, DEPLOYMENT)).toBeUndefined()
  })
})

describe('evidence and the images that green runs', () => {
  const passed = {
    name: 'x',
    verdict: 'passed',
    required: true,
    summary: 'fine',
    measuredBy: 'function'
  } as const
  const running = [
    { container: 'app', digest: RUNNING },
    { container: 'log', digest: undefined }
  ]

  test.each<[string, RunningImage[]]>([
    ['nobody knows what was asked', []],
    ['it was asked of the same', [image('app', RUNNING)]],
    ['the other is of a container whose digest nobody knows', [image('log', OTHER)]],
    ['the other is of a container that green has not', [image('web', OTHER)]]
  ])('it counts where %s', (_, images) => {
    expect(ofRunning({ ...passed, images }, running)).toEqual(passed)
  })

  test('threat: one of many tasks runs another image: no evidence is of all of green', () => {
    const mixed = [image('app', RUNNING), image('app', OTHER)]
    for (const images of [[], [image('app', RUNNING)], mixed]) {
      expect(ofRunning({ ...passed, images }, mixed)).toEqual({
        ...passed,
        verdict: 'unknown',
        summary: 'green runs app sha256:aaaaaaaaaaaa, sha256:bbbbbbbbbbbb'
      })
    }
    const unsaid = [image('app', RUNNING), { container: 'app', digest: undefined }]
    expect(ofRunning({ ...passed, images: [] }, unsaid)).toMatchObject({
      verdict: 'unknown',
      summary: 'green runs app sha256:aaaaaaaaaaaa, and tasks that do not say'
    })
  })

  test.each<[string, RunningImage[]]>([
    ['all tasks ran another', [image('app', OTHER)]],
    ['one of the tasks ran another', [image('app', RUNNING), image('app', OTHER)]]
  ])('it is unknown where %s, and says why', (_, images) => {
    expect(ofRunning({ ...passed, images }, running)).toEqual({
      ...passed,
      verdict: 'unknown',
      summary: 'asked of app sha256:bbbbbbbbbbbb, while green runs sha256:aaaaaaaaaaaa'
    })
  })
})
