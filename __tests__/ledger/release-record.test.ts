import { describe, expect, test } from '@jest/globals'
import {
  LONGEST_RECORD,
  MOST_EVIDENCE,
  readRecord,
  type ReleaseRecord
} from '../../src/ledger/release-record.ts'
import { RECORD } from './record.ts'

function read(changes: object): ReleaseRecord | undefined {
  return readRecord(JSON.stringify({ ...RECORD, ...changes }))
}

describe('the record of a release, as a CI job wrote it', () => {
  test('is read as it was written', () => {
    expect(readRecord(JSON.stringify(RECORD))).toEqual(RECORD)
  })

  test('needs no more than what is released, and where', () => {
    const { version, cluster, service, deploymentId } = RECORD
    const least = { version, cluster, service, deploymentId, revision: { after: 'orders:2' } }
    expect(readRecord(JSON.stringify(least))).toEqual({
      ...least,
      repository: undefined,
      ref: undefined,
      commit: undefined,
      run: undefined,
      actor: undefined,
      triggeringActor: undefined,
      revision: { before: undefined, after: 'orders:2' },
      images: [],
      changes: [],
      testUrl: undefined,
      evidence: [],
      availability: undefined,
      breakGlass: undefined
    })
  })

  test.each<[string, object]>([
    ['of another version', { version: 2 }],
    ['without a cluster', { cluster: undefined }],
    ['with an empty cluster', { cluster: '' }],
    ['without a service', { service: null }],
    ['with an empty service', { service: '' }],
    ['without a deployment', { deploymentId: 7 }],
    ['with an empty deployment', { deploymentId: '' }],
    ['without a revision', { revision: 'orders:2' }],
    ['that does not say what comes', { revision: { before: 'orders:1' } }]
  ])('%s is none', (_, changes) => {
    expect(read(changes)).toBeUndefined()
  })

  test.each([
    ['no JSON', '{'],
    ['no mapping', '[]'],
    ['null', 'null']
  ])('that is %s is none', (_, text) => {
    expect(readRecord(text)).toBeUndefined()
  })

  test('may be so long and no longer', () => {
    const text = JSON.stringify(RECORD)
    expect(readRecord(text.padEnd(LONGEST_RECORD))).toEqual(RECORD)
    expect(readRecord(text.padEnd(LONGEST_RECORD + 1))).toBeUndefined()
    const announcing = (count: number): string =>
      JSON.stringify({ ...RECORD, evidence: Array.from({ length: count }, () => ({ name: 'e' })) })
    expect(readRecord(announcing(MOST_EVIDENCE))?.evidence).toHaveLength(MOST_EVIDENCE)
    expect(readRecord(announcing(MOST_EVIDENCE + 1))).toBeUndefined()
    // The gate keeps what it reads in its own item, which DynamoDB measures in bytes.
    const korean = (length: number): string =>
      JSON.stringify({ ...RECORD, breakGlass: '가'.repeat(length) })
    expect(readRecord(korean(LONGEST_RECORD / 3))).toBeUndefined()
    expect(readRecord(korean(LONGEST_RECORD / 4))).toBeDefined()
  })
})

describe('what a record says wrongly', () => {
  test.each<[keyof ReleaseRecord, unknown]>([
    ['repository', 1],
    ['ref', {}],
    ['commit', 'abc'],
    ['commit', { url: 'https://example.com/abc' }],
    ['run', null],
    ['run', { attempt: '2' }],
    ['actor', []],
    ['triggeringActor', false],
    ['testUrl', 0],
    ['availability', 'yes'],
    ['availability', false],
    ['breakGlass', 1],
    ['breakGlass', ''],
    ['breakGlass', ' \n']
  ])('%s: %j is as if it were not there', (name, value) => {
    expect(read({ [name]: value })).toEqual({ ...RECORD, [name]: undefined })
  })

  test.each<[keyof ReleaseRecord, unknown]>([
    ['images', 'orders:2'],
    ['images', [{ container: 'app' }]],
    ['images', [{ after: 'orders:2' }]],
    ['changes', { path: 'cpu' }],
    ['changes', [{ kind: 'added' }]],
    ['changes', [{ path: 'cpu', kind: 'moved' }]],
    ['evidence', true],
    ['evidence', [{ verdict: 'passed' }]]
  ])('%s: %j is an empty list', (name, value) => {
    expect(read({ [name]: value })).toEqual({ ...RECORD, [name]: [] })
  })

  test.each<[keyof ReleaseRecord, unknown, unknown]>([
    [
      'images',
      [null, { container: 'app', after: 'orders:2' }],
      [{ container: 'app', before: undefined, after: 'orders:2', digest: undefined }]
    ],
    ['changes', ['x', { path: 'cpu', kind: 'removed' }], [{ path: 'cpu', kind: 'removed' }]],
    [
      'changes',
      [{ path: 'cpu', kind: 'added', after: '1' }],
      [{ path: 'cpu', kind: 'added', after: '1' }]
    ],
    ['commit', { sha: 'abc', url: 1 }, { sha: 'abc', url: undefined }],
    ['run', { id: '7' }, { id: '7', attempt: '1', url: undefined }],
    ['breakGlass', '  orders are lost ', 'orders are lost']
  ])('%s: %j is %j', (name, value, found) => {
    // Strictly: what a change does not say has no member either.
    expect(read({ [name]: value })).toStrictEqual({ ...RECORD, [name]: found })
  })

  test.each(['passed', 'failed', 'warning', 'pending'])('evidence may be %s', (verdict) => {
    const evidence = [{ name: 'routes', verdict, required: false, summary: '' }]
    expect(read({ evidence })?.evidence).toEqual(evidence)
  })

  test.each([
    [{ name: 'routes', verdict: 'great', required: 'yes', summary: 1 }],
    [{ name: 'routes' }]
  ])('evidence %j is not required and unknown', (evidence) => {
    expect(read({ evidence: [evidence] })?.evidence).toEqual([
      { name: 'routes', verdict: 'unknown', required: false, summary: '' }
    ])
  })
})
