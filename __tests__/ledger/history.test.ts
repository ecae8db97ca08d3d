import { describe, expect, test } from '@jest/globals'
import type { StoredRow } from '../../src/ledger/decision-row.ts'
import { formatHistory, measuredText, resultText } from '../../src/ledger/history-formats.ts'
import { historyOf, type HistoryEntry } from '../../src/ledger/history.ts'
import { underwayAt } from '../../src/ledger/moment.ts'
import { readTime } from '../../src/gate/cli/time.ts'

const ROW = {
  state: 'APPROVED',
  gate: 'd-A1#h',
  openedAt: '2026-11-01T09:50:00.000Z',
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
const NOTHING_KNOWN = {
  result: '',
  beganAt: '',
  shiftedAt: '',
  endedAt: '',
  rollback: '',
  rolledBackAt: '',
  rolledBackBy: '',
  why: '',
  requests: '',
  requestsFailed: '',
  measuredBy: ''
} as const
const ENTRY: HistoryEntry = {
  ...NOTHING_KNOWN,
  resultHead: '',
  askedAt: '2026-11-01T09:50:00.000Z',
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

  test('about several services is one entry for each, which is found by its name', () => {
    const holds = [
      { cluster: 'shop', service: 'orders', deploymentId: 'd-A1' },
      { cluster: 'shop', service: 'payment', deploymentId: 'd-B2' }
    ]
    const rows = [stored(JSON.stringify({ ...ROW, holds }))]
    const payment = { ...ENTRY, service: 'shop/payment', deploymentId: 'd-B2' }
    expect(historyOf(rows, {})).toEqual([ENTRY, payment])
    for (const service of ['shop/payment', 'payment']) {
      expect(historyOf(rows, { service })).toEqual([payment])
    }
    expect(historyOf(rows, { service: 'shop/stock' })).toEqual([])
    expect(historyOf(rows, { service: 'pay' })).toEqual([])
    expect(entryOf({ holds: [7, { cluster: 'shop' }] })).toEqual(ENTRY)
  })

  test.each(['{', '[]', '7'])('that cannot be understood (%s) is shown, not left out', (text) => {
    expect(historyOf([stored(text)], {})).toEqual([
      {
        ...NOTHING_KNOWN,
        resultHead: '',
        askedAt: '',
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

/** The row about what became of the release of `ROW`. */
function resultRow(changes: object, services: readonly object[]): StoredRow {
  const row = {
    ...{ version: 1, entry: 'ended', gate: 'd-A1#h', decision: '3-dd' },
    at: '2026-11-01T10:30:00.000Z',
    services: services.map((each) => ({
      ...{ plane: 'codedeploy', deploymentId: 'd-A1', service: 'shop/orders', effect: 'APPLIED' },
      ...each
    })),
    ...changes
  }
  return { ...stored(JSON.stringify(row)), number: 4, digest: 'ee' }
}

const RELEASED = {
  ...{ status: 'released', rollback: 'none' },
  beganAt: '2026-11-01T10:01:00.000Z',
  shiftedAt: '2026-11-01T10:06:00.000Z',
  endedAt: '2026-11-01T10:11:00.000Z'
}
const STOPPED = {
  ...{ status: 'stopped', rollback: 'succeeded', beganAt: '2026-11-01T10:01:00.000Z' },
  endedAt: '2026-11-01T10:03:00.000Z',
  rolledBackAt: '2026-11-01T10:04:00.000Z',
  why: 'ALARM_ACTIVE: errors'
}

function entriesWith(...results: readonly StoredRow[]): readonly HistoryEntry[] {
  return historyOf([stored(JSON.stringify(ROW)), ...results], {})
}

describe('what became of a release', () => {
  test('stands beside its decision, with figures that name who has measured them', () => {
    const availability = { verdict: 'passed', total: 1200, failed: 3, measuredBy: 'observer' }
    expect(entriesWith(resultRow({ availability }, [RELEASED]))).toEqual([
      {
        ...ENTRY,
        ...{ result: 'released', beganAt: RELEASED.beganAt, shiftedAt: RELEASED.shiftedAt },
        ...{ endedAt: RELEASED.endedAt, rollback: 'none', resultHead: '4-ee' },
        ...{ requests: 1200, requestsFailed: 3, measuredBy: 'observer' }
      }
    ])
  })

  test('is the last that is on record', () => {
    const shifted = resultRow({ entry: 'shifted' }, [
      { ...RELEASED, status: 'shifting', endedAt: undefined }
    ])
    expect(entriesWith(shifted)).toMatchObject([{ result: 'shifted', endedAt: '' }])
    expect(entriesWith(shifted, resultRow({}, [STOPPED]))).toMatchObject([
      { result: 'stopped', rollback: 'succeeded', why: 'ALARM_ACTIVE: errors' }
    ])
  })

  test('names the limit for which the observer has stopped it before the words of CodeDeploy', () => {
    const row = resultRow({ stoppedByObserver: '2.1 % of requests failed' }, [STOPPED])
    expect(entriesWith(row)).toMatchObject([{ why: '2.1 % of requests failed' }])
  })

  test('is told by service', () => {
    const holds = [
      { cluster: 'shop', service: 'orders', deploymentId: 'd-A1' },
      { cluster: 'shop', service: 'payment', deploymentId: 'd-B2' }
    ]
    const row = resultRow({}, [RELEASED, { ...STOPPED, deploymentId: 'd-B2' }])
    const found = historyOf([stored(JSON.stringify({ ...ROW, holds })), row], {})
    expect(found).toMatchObject([
      { service: 'shop/orders', result: 'released' },
      { service: 'shop/payment', result: 'stopped' }
    ])
  })

  test('of another gate is not its own', () => {
    expect(entriesWith(resultRow({ gate: 'd-B2#h' }, [RELEASED]))).toEqual([ENTRY])
  })

  test.each([{ services: 7 }, { services: [7] }, { services: [{}] }, { availability: 7 }])(
    'that cannot be understood (%j) claims nothing',
    (changes) => {
      const [entry] = entriesWith(resultRow(changes, [{ deploymentId: 'd-A1', status: 7 }]))
      expect(entry).toMatchObject({ beganAt: '', requests: '', measuredBy: '' })
      expect(['', 'unknown']).toContain(entry?.result)
    }
  )

  test.each<[string, object, object, string]>([
    [
      'while old tasks are kept',
      { entry: 'shifted' },
      { ...RELEASED, status: 'shifting', endedAt: undefined },
      'all traffic shifted 10:06:00, not ended yet'
    ],
    ['completed', {}, RELEASED, 'released 10:11:00 (all traffic shifted 10:06:00)'],
    [
      'completed on another day',
      {},
      { ...RELEASED, endedAt: '2026-11-03T10:11:00.000Z' },
      'released 2026-11-03 10:11:00 (all traffic shifted 10:06:00)'
    ],
    [
      'stopped',
      {},
      STOPPED,
      'stopped 10:03:00 (traffic moved from 10:01:00), rolled back 10:04:00'
    ],
    [
      'rejected',
      {},
      { status: 'failed', rollback: 'none', endedAt: '2026-11-01T10:00:09.000Z' },
      'failed 10:00:09 (no traffic moved)'
    ],
    [
      'without a rollback that worked',
      {},
      { ...STOPPED, rollback: 'failed', why: '' },
      'stopped 10:03:00 (traffic moved from 10:01:00), the rollback failed'
    ],
    ['out of sight', {}, { status: 'unknown' }, 'not known']
  ])('is one cell of a table: %s', (_, changes, service, cell) => {
    const [entry] = entriesWith(resultRow(changes, [service]))
    expect(entry && resultText(entry)).toBe(cell)
  })
})

test.each([
  ['observer', '2 of 9 (measured by the observer)'],
  ['job', '2 of 9 (measured by the job)'],
  [undefined, '2 of 9 (not on record who measured)']
])('figures name who has measured them: %s', (measuredBy, cell) => {
  const availability = { verdict: 'failed', total: 9, failed: 2, measuredBy }
  const [entry] = entriesWith(resultRow({ availability }, [RELEASED]))
  expect(entry && measuredText(entry)).toBe(cell)
  expect(measuredText(ENTRY)).toBe('-')
})

describe('who was moving what at a time', () => {
  const rows = [
    stored(JSON.stringify(ROW)),
    resultRow({}, [STOPPED]),
    stored(
      JSON.stringify({
        ...ROW,
        gate: 'd-B2#h',
        deploymentId: 'd-B2',
        decidedAt: '2026-11-01T09:55:00.000Z'
      }),
      'shop/payment'
    )
  ]
  const at = (time: string): [string, string][] => {
    const moment = readTime(time)
    if (!moment) throw new Error('no time')
    return underwayAt(historyOf(rows, {}), moment).map(({ entry, phases }) => [
      entry.service,
      phases.map(({ doing }) => doing).join()
    ])
  }

  test.each<[string, [string, string][]]>([
    ['2026-11-01T09:49', []],
    [
      '2026-11-01T09:52',
      [
        ['shop/orders', 'waiting'],
        ['shop/payment', 'waiting']
      ]
    ],
    [
      '2026-11-01T10:00',
      [
        ['shop/orders', 'approved'],
        ['shop/payment', 'approved']
      ]
    ],
    [
      '2026-11-01T10:02',
      [
        ['shop/orders', 'moving'],
        ['shop/payment', 'approved']
      ]
    ],
    [
      '2026-11-01T10:03',
      [
        ['shop/orders', 'rolling-back'],
        ['shop/payment', 'approved']
      ]
    ],
    [
      '2026-11-01T10:01:30Z',
      [
        ['shop/orders', 'moving'],
        ['shop/payment', 'approved']
      ]
    ],
    [
      '2026-11-01T19:01:30+09:00',
      [
        ['shop/orders', 'moving'],
        ['shop/payment', 'approved']
      ]
    ],
    [
      '2026-11-01',
      [
        ['shop/orders', 'waiting,approved,moving,rolling-back'],
        ['shop/payment', 'waiting,approved']
      ]
    ],
    // Nothing is on record of the second one for ever.
    ['2026-11-08T10:00', []]
  ])('%s: %j', (time, found) => {
    expect(at(time)).toEqual(found)
  })

  test('puts first those whose traffic moved', () => {
    const late = [rows[2] ?? rows[0], ...rows.slice(0, 2)].flatMap((row) => row ?? [])
    const moment = readTime('2026-11-01T10:02')
    const found = moment && underwayAt(historyOf(late, {}), moment)
    expect(found?.[0]?.entry.service).toBe('shop/orders')
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
      'DECIDED (UTC)        SERVICE      ASKED BY        DECISION                DECIDED BY           REVISION              RESULT  REQUESTS FAILED  REASON    EVIDENCE',
      '2026-11-01 10:00:00  shop/orders  octocat, hubot  APPROVED                Ann (U1), 민수 (U2)  orders:1 -> orders:2  -       -                all good  routes: passed; load: failed',
      '2026-11-01 10:00:00  shop/orders  octocat, hubot  APPROVED (break-glass)  -                    orders:1 -> orders:2  -       -                          -',
      ''
    ])
  })

  test('a reason is shortened, and no character of it is cut in two', () => {
    const sixty = 'x'.repeat(60)
    const cellOf = (reason: string): string | undefined =>
      linesOf({ reason })[1]?.split('  ').at(-2)?.trim()
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
      'askedAt,decidedAt,service,state,by,reason,breakGlass,requestedBy,images,revision,commit,deploymentId,evidence,' +
        'result,beganAt,shiftedAt,endedAt,rollback,rolledBackAt,rolledBackBy,why,requests,requestsFailed,measuredBy,head,resultHead\r\n' +
        '2026-11-01T09:50:00.000Z,2026-11-01T10:00:00.000Z,shop/orders,APPROVED,"Ann (U1), 민수 (U2)",all good,false,"octocat, hubot",' +
        'orders:1 -> orders:2 @sha256:a; ? -> log:2,orders:1 -> orders:2,abc,d-A1,routes: passed; load: failed,,,,,,,,,,,,3-dd,\r\n'
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
