import { expect, test } from '@jest/globals'
import { evidenceItem, readAvailabilityItem } from '../../src/ledger/evidence-item.ts'
import type { Item } from '../../src/ledger/table.ts'
import type { AvailabilityEvidence } from '../../src/release/evidence.ts'

const trend = { avg: 4, min: 1, med: 4, max: 9, p90: 5, p95: 6, p99: 8 }
const EVIDENCE: AvailabilityEvidence = {
  section: 'availability',
  name: 'availability',
  required: true,
  verdict: 'passed',
  summary: '1 of 200 requests failed',
  startedAt: 1_000,
  endedAt: 11_000,
  rate: 20,
  total: 200,
  failed: 1,
  phases: [
    {
      name: 'before',
      from: 1_000,
      until: 6_000,
      total: 100,
      failed: 0,
      byVersion: { 1: 100 },
      latency: trend
    },
    {
      name: 'shift',
      from: 6_000,
      until: 11_000,
      total: 100,
      failed: 1,
      byVersion: {},
      latency: undefined
    }
  ],
  failures: [{ at: 7_000, reason: 'status 503' }],
  seconds: [{ at: 1_000, total: 20, failed: 0, slowestMs: 9, byVersion: { 1: 20 } }]
}
const item = evidenceItem('shop/orders', 'd-1', EVIDENCE, 'f')
const withDetail = (change: (detail: Record<string, unknown>) => object): Item => ({
  ...item,
  detail: JSON.stringify(change({ ...EVIDENCE }))
})

test('availability that somebody else has stored is as it was measured', () => {
  expect(readAvailabilityItem(item, 'd-1')).toEqual(EVIDENCE)
})

test('what does not fit is left out, and the rest is told', () => {
  const found = readAvailabilityItem(
    withDetail((detail) => ({
      ...detail,
      phases: [{ name: 'shift' }, 'x', { ...EVIDENCE.phases[0], latency: { p99: 'slow' } }],
      failures: [{ at: -1, reason: 'x' }, null],
      seconds: 'none'
    })),
    'd-1'
  )
  expect(found).toEqual({
    ...EVIDENCE,
    phases: [{ ...EVIDENCE.phases[0], latency: undefined }],
    failures: [],
    seconds: []
  })
})

const NO_COUNT = [undefined, null, '1', -1]
const [before] = EVIDENCE.phases
const [second] = EVIDENCE.seconds

test.each(['startedAt', 'endedAt', 'rate', 'total', 'failed'])(
  'there is none without %s',
  (name) => {
    for (const value of NO_COUNT) {
      const found = withDetail((detail) => ({ ...detail, [name]: value }))
      expect(readAvailabilityItem(found, 'd-1')).toBeUndefined()
    }
    const zero = withDetail((detail) => ({ ...detail, [name]: 0 }))
    expect(readAvailabilityItem(zero, 'd-1')).toEqual({ ...EVIDENCE, [name]: 0 })
  }
)

test.each<[keyof AvailabilityEvidence, object | undefined, string[]]>([
  ['phases', before, ['from', 'until', 'total', 'failed', 'name']],
  ['seconds', second, ['at', 'total', 'failed', 'slowestMs']]
])('of its %s, each counts with every figure only', (list, whole, names) => {
  const broken = names.flatMap((name) => NO_COUNT.map((value) => ({ ...whole, [name]: value })))
  const found = withDetail((detail) => ({ ...detail, [list]: [...broken, whole] }))
  expect(readAvailabilityItem(found, 'd-1')).toEqual({ ...EVIDENCE, [list]: [whole] })
})

test('every phase that traffic has can be told', () => {
  const phases = ['before', 'gate', 'shift', 'after', 'rollback'].map((name) => ({
    ...before,
    name
  }))
  const found = withDetail((detail) => ({
    ...detail,
    phases: [...phases, { ...before, name: 'x' }]
  }))
  expect(readAvailabilityItem(found, 'd-1')).toEqual({ ...EVIDENCE, phases })
})

test.each(Object.keys(trend))('latency without %s is not told', (name) => {
  const phases = NO_COUNT.map((value) => ({ ...before, latency: { ...trend, [name]: value } }))
  const found = withDetail((detail) => ({ ...detail, phases }))
  const told = phases.map((phase) => ({ ...phase, latency: undefined }))
  expect(readAvailabilityItem(found, 'd-1')).toEqual({ ...EVIDENCE, phases: told })
})

test('a failure is told with its time and its reason, a version with its count', () => {
  const failures = [
    { at: 7_000 },
    { reason: 'status 503' },
    { at: '7', reason: 'x' },
    { at: 1, reason: 2 }
  ]
  const counts = NO_COUNT.map((count) => ({ ...second, byVersion: { 1: 20, 2: count } }))
  const found = withDetail((detail) => ({
    ...detail,
    failures: [...failures, ...EVIDENCE.failures],
    seconds: [...counts, { ...second, byVersion: 'x' }]
  }))
  expect(readAvailabilityItem(found, 'd-1')).toEqual({
    ...EVIDENCE,
    seconds: [...counts.map(() => second), { ...second, byVersion: {} }]
  })
})

test.each<[string, Item, string]>([
  ['of another deployment', item, 'd-2'],
  ['without figures', { pk: item.pk, sk: item.sk, evidence: item['evidence'] ?? '' }, 'd-1'],
  ['with others in place of them', withDetail((detail) => ({ ...detail, total: '200' })), 'd-1'],
  ['of another section', withDetail((detail) => ({ ...detail, section: 'flow' })), 'd-1'],
  ['that is no JSON', { ...item, detail: '{' }, 'd-1'],
  ['that is no mapping', { ...item, detail: 'null' }, 'd-1'],
  ['that is no text', { ...item, detail: 1 }, 'd-1']
])('availability %s is none', (_, found, deploymentId) => {
  expect(readAvailabilityItem(found, deploymentId)).toBeUndefined()
})
