import { describe, expect, test } from '@jest/globals'
import { canonical } from '../../src/ledger/canonical.ts'
import {
  evidenceItem,
  evidenceKey,
  LONGEST_DETAIL,
  LONGEST_FACTS,
  readEvidenceItem,
  readWholeEvidence
} from '../../src/ledger/evidence-item.ts'
import type { Item } from '../../src/ledger/table.ts'
import type { Evidence } from '../../src/release/evidence.ts'
import { METRICS, RECOVERY } from '../action/summary/sample-evidence.ts'
import { EVIDENCE } from '../action/summary/sample-parts.ts'

const ROW = {
  name: 'health',
  method: 'GET',
  path: '/health',
  verdict: 'failed' as const,
  status: 503,
  ms: 12,
  attempts: 3,
  problems: ['status 503, wanted 200']
}
const COMMON = {
  required: true,
  verdict: 'failed' as const,
  summary: '0 of 1',
  startedAt: 1_000,
  endedAt: 2_000,
  asked: 'tasks' as const,
  images: [{ container: 'app', digest: 'sha256:a' }]
}
const CHECKS: Evidence = { section: 'checks', name: 'checks', ...COMMON, rows: [ROW] }
const FLOW: Evidence = { section: 'flow', name: 'order', ...COMMON, steps: [ROW] }
const ITEM = evidenceItem('shop/orders', 'd-A1', CHECKS, 'file-digest')
const WRITTEN = {
  name: 'checks',
  required: true,
  verdict: 'failed',
  summary: '0 of 1',
  asked: 'tasks',
  images: COMMON.images
}
const FACTS = { ...WRITTEN, measuredBy: 'job' }

/** The item with other facts, as somebody may have written them. */
function withFacts(changes: object): Item {
  return { ...ITEM, evidence: JSON.stringify({ ...FACTS, deploymentId: 'd-A1', ...changes }) }
}

describe("a piece of evidence's item", () => {
  test('stands beside the record of its release', () => {
    expect(evidenceKey('shop/orders', 'd-A1', 'checks')).toEqual({
      pk: 'release#shop/orders',
      sk: 'd-A1#evidence#checks'
    })
  })

  test('of a function stands where CI may not write', () => {
    expect(evidenceKey('shop/orders', 'd-A1', 'checks', 'function')).toEqual({
      pk: 'measured#shop/orders',
      sk: 'd-A1#evidence#checks'
    })
  })

  test('holds the facts, by which file they were asked, and everything else', () => {
    expect(ITEM).toEqual({
      pk: 'release#shop/orders',
      sk: 'd-A1#evidence#checks',
      evidence: canonical({ ...WRITTEN, deploymentId: 'd-A1', file: 'file-digest' }),
      detail: canonical(CHECKS)
    })
  })

  test('goes without its details where they are too long', () => {
    const with_ = (summary: string): Evidence => ({ ...CHECKS, summary })
    const rest = canonical(with_('')).length
    const longest = evidenceItem('s', 'd', with_('x'.repeat(LONGEST_DETAIL - rest)), 'f')
    expect(longest).toHaveProperty('detail.length', LONGEST_DETAIL)
    const longer = evidenceItem('s', 'd', with_('x'.repeat(LONGEST_DETAIL - rest + 1)), 'f')
    expect(longer).not.toHaveProperty('detail')
  })

  // DynamoDB's developer guide, "Item sizes and formats": the size of a string is its number of bytes in UTF-8.
  test('is of a size that DynamoDB takes, in any language', () => {
    const LARGEST_ITEM = 400 * 1024
    const sizeOf = (item: Item): number =>
      Object.entries(item).reduce(
        (sum, pair) => sum + Buffer.byteLength(pair.map(String).join('')),
        0
      )
    for (const length of [60_000, 130_000, 199_000, 400_000]) {
      for (const letter of ['가', 'é', '😀']) {
        const item = evidenceItem('s', 'd', { ...CHECKS, summary: letter.repeat(length) }, 'f')
        expect(sizeOf(item)).toBeLessThanOrEqual(LARGEST_ITEM)
        expect(readEvidenceItem(item, 'd')?.verdict).toBe('failed')
      }
    }
  })
})

describe('what an item says', () => {
  test('is what was found out', () => {
    expect(readEvidenceItem(ITEM, 'd-A1')).toEqual(FACTS)
  })

  test.each<[string, Item]>([
    ['of another deployment', withFacts({ deploymentId: 'd-B2' })],
    ['without a name', withFacts({ name: undefined })],
    ['that is still to come', withFacts({ verdict: 'pending' })],
    ['that only warns', withFacts({ verdict: 'warning' })],
    ['that is no JSON', { ...ITEM, evidence: '{' }],
    ['that is no mapping', { ...ITEM, evidence: '[]' }],
    ['that is no text', { ...ITEM, evidence: 1 }]
  ])('%s is no evidence', (_, item) => {
    expect(readEvidenceItem(item, 'd-A1')).toBeUndefined()
  })

  test.each(['passed', 'failed', 'unknown'])('may be %s', (verdict) => {
    expect(readEvidenceItem(withFacts({ verdict }), 'd-A1')).toMatchObject({ verdict })
  })

  test.each<[object, object]>([
    [{ required: 'true' }, { ...FACTS, required: false }],
    [{ summary: 1 }, { ...FACTS, summary: '' }],
    [{ summary: 'x'.repeat(3_001) }, { ...FACTS, summary: 'x'.repeat(3_000) }],
    [{ images: undefined }, { ...FACTS, images: [] }],
    [{ images: [{ container: 'app' }, { digest: 'sha256:a' }] }, { ...FACTS, images: [] }]
  ])('with %j counts for no more than it says', (changes, found) => {
    expect(readEvidenceItem(withFacts(changes), 'd-A1')).toEqual(found)
  })

  test('threat: CI passes its evidence off as measured by a function: where it stands says who has measured', () => {
    expect(readEvidenceItem(withFacts({ measuredBy: 'function' }), 'd-A1')).toEqual(FACTS)
    const item = evidenceItem('shop/orders', 'd-A1', CHECKS, 'file-digest', 'function')
    expect(readEvidenceItem(item, 'd-A1')).toEqual({ ...FACTS, measuredBy: 'function' })
  })

  test('is nothing if it is longer than what anybody measures', () => {
    const long = withFacts({ padding: 'x'.repeat(LONGEST_FACTS) })
    expect(readEvidenceItem(long, 'd-A1')).toBeUndefined()
  })

  test('was asked at an address that people use, unless it says otherwise', () => {
    expect(readEvidenceItem(withFacts({ asked: 'x' }), 'd-A1')).not.toHaveProperty('asked')
  })
})

describe('with its rows', () => {
  const withDetail = (detail: unknown): Item => ({ ...ITEM, detail: JSON.stringify(detail) })

  test.each([[CHECKS], [FLOW]])('$section is as it was found out', (evidence) => {
    const item = evidenceItem('shop/orders', 'd-A1', evidence, 'f')
    expect(readWholeEvidence(item, 'd-A1', 9)).toEqual(evidence)
  })

  test('what its gate does not take is none here either', () => {
    expect(readWholeEvidence(ITEM, 'd-B2', 9)).toBeUndefined()
  })

  test.each<[string, Item]>([
    ['without any', { pk: ITEM.pk, sk: ITEM.sk, evidence: ITEM['evidence'] ?? '' }],
    ['that are no JSON', { ...ITEM, detail: '{' }],
    ['that are no mapping', withDetail([])]
  ])('%s it is told without, as of when it was read', (_, item) => {
    const times = { startedAt: 9, endedAt: 9 }
    expect(readWholeEvidence(item, 'd-A1', 9)).toEqual({ ...CHECKS, ...times, rows: [] })
  })

  test('it does not say whom it asked where that is not known', () => {
    const item = withFacts({ asked: undefined, images: [] })
    const found = readWholeEvidence(item, 'd-A1', 9)
    expect(found).not.toHaveProperty('asked')
    expect(found).not.toHaveProperty('images')
  })

  test.each([[{ name: 1 }], [{ method: undefined }], [{ path: null }], [{ verdict: 'great' }]])(
    'a row with %j is left out',
    (changes) => {
      const item = withDetail({ ...CHECKS, rows: [{ ...ROW, ...changes }, ROW] })
      expect(readWholeEvidence(item, 'd-A1', 9)).toEqual(CHECKS)
    }
  )

  test.each([
    [{ verdict: 'passed' }, {}],
    [{ verdict: 'skipped' }, {}],
    [{ status: '503' }, { status: undefined }],
    [{ ms: null }, { ms: undefined }],
    [{ attempts: '3' }, { attempts: 0 }],
    [{ problems: 'status 503' }, { problems: [] }],
    [{ problems: [1, 'slow'] }, { problems: ['slow'] }]
  ])('of a row with %j the rest is told', (changes, found) => {
    const item = withDetail({ ...CHECKS, rows: [{ ...ROW, ...changes }] })
    const rows = [{ ...ROW, ...changes, ...found }]
    expect(readWholeEvidence(item, 'd-A1', 9)).toEqual({ ...CHECKS, rows })
  })
})

describe('evidence that a job reads back', () => {
  test.each([...EVIDENCE, METRICS, RECOVERY])('is what was stored: $name', (evidence) => {
    const item = evidenceItem('shop/orders', 'd-A1', evidence, 'file-digest')
    expect(readWholeEvidence(item, 'd-A1', 0)).toEqual(evidence)
  })

  test.each([...EVIDENCE, METRICS, RECOVERY])(
    'has no figures where its detail holds none: $name',
    ({ section, ...evidence }) => {
      const item = evidenceItem(
        'shop/orders',
        'd-A1',
        { ...CHECKS, ...COMMON, name: evidence.name },
        'f'
      )
      const read = readWholeEvidence({ ...item, detail: JSON.stringify({ section }) }, 'd-A1', 7)
      if (section === 'availability') expect(read).toBeUndefined()
      else expect(read).toMatchObject({ name: evidence.name, startedAt: 7, verdict: 'failed' })
    }
  )
})
