import { describe, expect, test } from '@jest/globals'
import type { StoredRow } from '../../src/ledger/decision-row.ts'
import { formatHistory } from '../../src/ledger/history-formats.ts'
import { historyOf, type HistoryEntry } from '../../src/ledger/history.ts'

const ROW = {
  state: 'APPROVED',
  decidedAt: '2026-11-01T10:00:00.000Z',
  by: [
    { id: 'U1', name: 'Ann' },
    { id: 'U2', name: '민수' }
  ],
  reason: 'all good',
  breakGlass: false,
  requester: { verified: true, logins: ['octocat', 'hubot'] },
  images: [
    { container: 'app', before: 'orders:1', after: 'orders:2', digest: 'sha256:a' },
    { container: 'log', after: 'log:2' }
  ],
  revision: { before: 'arn:aws:ecs:x:1:task-definition/orders:1', after: 'orders:2' },
  commit: 'abc',
  deploymentId: 'd-A1',
  evidence: [
    { name: 'routes', verdict: 'passed' },
    { name: 'load', verdict: 'failed' }
  ]
}
const ENTRY: HistoryEntry = {
  decidedAt: '2026-11-01T10:00:00.000Z',
  service: 'shop/orders',
  state: 'APPROVED',
  by: 'Ann (U1), 민수 (U2)',
  reason: 'all good',
  breakGlass: false,
  requestedBy: 'octocat, hubot',
  images: 'orders:1 -> orders:2 @sha256:a; ? -> log:2',
  revision: 'orders:1 -> orders:2',
  commit: 'abc',
  deploymentId: 'd-A1',
  evidence: 'routes: passed; load: failed',
  head: '3-dd'
}

function stored(text: string, service = 'shop/orders'): StoredRow {
  return { service, number: 3, text, digest: 'dd', mac: 'm' }
}

function entryOf(changes: object): HistoryEntry | undefined {
  return historyOf([stored(JSON.stringify({ ...ROW, ...changes }))], {})[0]
}

describe('a decision in the history', () => {
  test('says who let what through, when, why, and with which evidence', () => {
    expect(entryOf({})).toEqual(ENTRY)
  })

  test('about several services names all of them, and is found by each', () => {
    const holds = [
      { cluster: 'shop', service: 'orders', deploymentId: 'd-A1' },
      { cluster: 'shop', service: 'payment', deploymentId: 'd-B2' }
    ]
    const rows = [stored(JSON.stringify({ ...ROW, holds }))]
    const entry = { ...ENTRY, service: 'shop/orders, shop/payment', deploymentId: 'd-A1, d-B2' }
    for (const service of [undefined, 'shop/orders', 'shop/payment']) {
      expect(historyOf(rows, { service })).toEqual([entry])
    }
    expect(historyOf(rows, { service: 'shop/stock' })).toEqual([])
    expect(entryOf({ holds: [7, { cluster: 'shop' }] })).toEqual(ENTRY)
  })

  test.each(['{', '[]', '7'])('that cannot be understood (%s) is shown, not left out', (text) => {
    expect(historyOf([stored(text)], {})).toEqual([
      {
        decidedAt: '',
        service: 'shop/orders',
        state: 'UNREADABLE',
        by: '',
        reason: '',
        breakGlass: false,
        requestedBy: '',
        images: '',
        revision: '? -> ?',
        commit: '',
        deploymentId: '',
        evidence: '',
        head: '3-dd'
      }
    ])
  })

  test.each<[object, Partial<HistoryEntry>]>([
    [{ breakGlass: true }, { breakGlass: true }],
    [{ breakGlass: 'true' }, { breakGlass: false }],
    [{ reason: 7 }, { reason: '' }],
    [{ by: 'Ann' }, { by: '' }],
    [{ by: [null] }, { by: ' ()' }],
    [{ revision: null }, { revision: '? -> ?' }],
    [{ revision: { before: 'orders/', after: 1 } }, { revision: '? -> ?' }],
    [{ requester: null }, { requestedBy: '' }],
    [{ requester: { verified: true, logins: [] } }, { requestedBy: '' }],
    [{ requester: { verified: true, logins: [7, 'octocat'] } }, { requestedBy: 'octocat' }],
    [{ requester: { logins: ['octocat'] } }, { requestedBy: 'octocat (not proven)' }],
    [
      { requester: { verified: 'true', logins: ['octocat'] } },
      { requestedBy: 'octocat (not proven)' }
    ]
  ])('with %j shows %j', (changes, shown) => {
    expect(entryOf(changes)).toEqual({ ...ENTRY, ...shown })
  })
})

describe('the history of all services', () => {
  const at = (decidedAt: string, state = 'APPROVED', service = 'shop/orders'): StoredRow =>
    stored(JSON.stringify({ ...ROW, decidedAt, state }), service)
  const rows = [
    at('2026-11-01T10:00:00.000Z'),
    at('2026-11-03T10:00:00.000Z', 'REJECTED'),
    at('2026-11-02T10:00:00.000Z', 'APPROVED', 'shop/payment'),
    at('2026-11-02T10:00:00.000Z', 'EXPIRED')
  ]
  const days = (filter: Parameters<typeof historyOf>[1]): string[] =>
    historyOf(rows, filter).map(({ decidedAt, state }) => `${decidedAt.slice(8, 10)} ${state}`)

  test('has the newest first, and leaves those of one moment as they come', () => {
    expect(days({})).toEqual(['03 REJECTED', '02 APPROVED', '02 EXPIRED', '01 APPROVED'])
  })

  test.each([
    [{ service: 'shop/payment' }, ['02 APPROVED']],
    [{ state: 'APPROVED' }, ['02 APPROVED', '01 APPROVED']],
    [{ since: '2026-11-03T10:00:00.000Z' }, ['03 REJECTED']],
    [{ since: '2026-11-02', state: 'EXPIRED' }, ['02 EXPIRED']],
    [{ service: 'shop/none' }, []]
  ])('can be narrowed to %j', (filter, found) => {
    expect(days(filter)).toEqual(found)
  })
})

describe('as a table', () => {
  const linesOf = (...entries: Partial<HistoryEntry>[]): string[] =>
    formatHistory(
      entries.map((entry) => ({ ...ENTRY, ...entry })),
      'table'
    ).split('\n')

  test('it has columns that line up, Korean ones too, and nothing behind the last', () => {
    expect(linesOf({}, { by: '', reason: '', evidence: '', breakGlass: true })).toEqual([
      'WHEN (UTC)           SERVICE      DECISION                BY                   REVISION              REASON    EVIDENCE',
      '2026-11-01 10:00:00  shop/orders  APPROVED                Ann (U1), 민수 (U2)  orders:1 -> orders:2  all good  routes: passed; load: failed',
      '2026-11-01 10:00:00  shop/orders  APPROVED (break-glass)  -                    orders:1 -> orders:2            -',
      ''
    ])
  })

  test('a reason is shortened, and no character of it is cut in two', () => {
    const sixty = 'x'.repeat(60)
    const cellOf = (reason: string): string | undefined =>
      linesOf({ reason })[1]?.split('  ').at(-2)
    expect(cellOf(sixty)).toBe(sixty)
    expect(cellOf(`${sixty}x`)).toBe(`${'x'.repeat(59)}…`)
    expect(cellOf(`${'x'.repeat(58)}😀yy`)).toBe(`${'x'.repeat(58)}\uFFFD…`)
  })

  test('a terminal is told nothing else by it', () => {
    expect(linesOf({ evidence: ' a\u001b[31m\u200b\n\tb ' })[1]).toMatch(/ {2}a \[31m b$/)
  })

  test('of nothing, says so', () => {
    expect(formatHistory([], 'table')).toBe('No decisions.\n')
  })
})

describe('as CSV', () => {
  const lines = (changes: Partial<HistoryEntry>): string =>
    formatHistory([{ ...ENTRY, ...changes }], 'csv')

  test('it has a line for its columns and one a decision', () => {
    expect(lines({})).toBe(
      'decidedAt,service,state,by,reason,breakGlass,requestedBy,images,revision,commit,deploymentId,evidence,head\r\n' +
        '2026-11-01T10:00:00.000Z,shop/orders,APPROVED,"Ann (U1), 민수 (U2)",all good,false,"octocat, hubot",' +
        'orders:1 -> orders:2 @sha256:a; ? -> log:2,orders:1 -> orders:2,abc,d-A1,routes: passed; load: failed,3-dd\r\n'
    )
  })

  test.each([
    ['=1', `'=1`],
    ['+1', `'+1`],
    ['-1', `'-1`],
    ['@a', `'@a`],
    ['\ta', `'\ta`],
    ['\ra', `"'\ra"`],
    ['a=1', 'a=1'],
    ['a\nb', '"a\nb"'],
    ['a\rb', '"a\rb"'],
    ['a"b"', '"a""b"""']
  ])('%j becomes %j', (reason, cell) => {
    expect(lines({ reason, by: 'Ann' })).toContain(`,Ann,${cell},false,`)
  })
})

test('as JSON it is the entries, ending in a line break', () => {
  const text = formatHistory([ENTRY], 'json')
  expect(JSON.parse(text)).toEqual([ENTRY])
  expect(text).toMatch(/^\[\n {2}\{[^]*\n\]\n$/)
})
