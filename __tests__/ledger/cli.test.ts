import { describe, expect, it } from '@jest/globals'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runCli } from '../../src/gate/cli/run.ts'
import { parsePolicy, PolicyError } from '../../src/gate/policy/parse.ts'
import { record, recordResult } from '../../src/ledger/chain.ts'
import type { EvidenceFacts, GateFacts } from '../../src/ledger/gate-facts.ts'
import { breakGlass, giveUp, openGate } from '../../src/ledger/gates.ts'
import { markAnswered, noteAvailability, noteTrafficResult } from '../../src/ledger/gate-results.ts'
import { chainKey } from '../../src/ledger/keys.ts'
import { noSetup } from '../gate/cli/setup-ports.ts'
import { SMALLEST } from '../gate/policy/documents.ts'
import { MemoryTable } from './memory-table.ts'
import { factsOf, factsOfHolds, holdOf, localSeal } from './samples.ts'

const seal = localSeal('the key')
const DAY = 86_400_000

async function decide(table: MemoryTable, facts: GateFacts, at: number, reason: string) {
  const { gate } = await openGate(table, facts, ['not looked at here'])
  const by = [{ id: 'U1', name: '김민수' }]
  const decision = { at, by, reason, breakGlass: false, policy: 'p' }
  const closed = await giveUp(table, gate, 'WITHDRAWN', { decision })
  if (!closed) throw new Error('not closed')
  return record(table, seal, closed)
}

async function ledger(): Promise<{ table: MemoryTable; head: string }> {
  const table = new MemoryTable()
  await decide(table, factsOf('a'), 1 * DAY, 'first')
  await decide(
    table,
    factsOfHolds([holdOf('d-ABCDEF123', 'payment')], ['b']),
    2 * DAY,
    '=HYPERLINK("x"), "quoted"'
  )
  const { head } = await decide(table, factsOf('c'), 3 * DAY, 'third\u001b[31m')
  return { table, head }
}

function evidenceOf(name: string, verdict: EvidenceFacts['verdict']): EvidenceFacts {
  return { name, verdict, required: true, summary: '' }
}

async function run(table: MemoryTable, ...args: string[]): Promise<{ code: number; text: string }> {
  let text = ''
  const ports = {
    table: () => table,
    seal: () => seal,
    readFile: (path: string) => readFile(path, 'utf8'),
    write: (more: string) => void (text += more),
    warn: (more: string) => void (text += `stderr: ${more}`),
    setup: noSetup
  }
  return { code: await runCli(args, ports), text }
}

describe('history', () => {
  it('lists the decisions of all services, newest first, in columns that line up', async () => {
    const { table } = await ledger()
    const { text } = await run(table, 'history', '--table', 'gate')
    const lines = text.trimEnd().split('\n')
    expect(lines).toHaveLength(4)
    expect(lines[0]).toMatch(
      /^DECIDED \(UTC\) +SERVICE +ASKED BY +DECISION +DECIDED BY +REVISION +RESULT +REQUESTS FAILED +REASON +EVIDENCE$/
    )
    expect(lines[1]).toContain(
      '1970-01-04 00:00:00  shop/orders   octocat   WITHDRAWN  김민수 (U1)'
    )
    expect(lines[2]).toContain('shop/payment')
    expect(lines[3]).toMatch(/  first +-$/)
    expect(text).not.toContain('\u001b')
  })

  it.each([
    ['table', /  first +routes: passed; orders: failed$/m],
    ['csv', /,routes: passed; orders: failed,,,,,,,,,,,,1-[0-9a-f]{64},\r\n$/]
  ])('shows in a %s on which evidence, what failed at the end too', async (format, line) => {
    const table = new MemoryTable()
    const facts = factsOf('a')
    const evidence = [evidenceOf('routes', 'passed'), evidenceOf('orders', 'failed')]
    await decide(table, { ...facts, release: { ...facts.release, evidence } }, DAY, 'first')
    const { text } = await run(table, 'history', '--table', 'gate', '--format', format)
    expect(text).toMatch(line)
  })

  it('writes JSON with everything that is on record', async () => {
    const { table, head } = await ledger()
    const { text } = await run(table, 'history', '--table', 'gate', '--format', 'json')
    const [newest] = JSON.parse(text) as unknown[]
    expect(newest).toMatchObject({
      service: 'shop/orders',
      state: 'WITHDRAWN',
      by: '김민수 (U1)',
      requestedBy: 'octocat',
      revision: 'orders:1 -> orders:2',
      head
    })
  })

  it('writes CSV that no spreadsheet takes for a formula', async () => {
    const { table } = await ledger()
    const { text } = await run(table, 'history', '--table', 'gate', '--format', 'csv')
    expect(text.split('\r\n')[0]).toMatch(/^askedAt,decidedAt,service,state,by,reason/)
    expect(text).toContain(`"'=HYPERLINK(""x""), ""quoted"""`)
  })

  it.each([
    [['--service', 'shop/payment'], 1],
    [['--service', 'payment'], 1],
    [['--since', '1970-01-03T00:00Z'], 2],
    [['--state', 'approved'], 0],
    [['--state', 'withdrawn'], 3]
  ])('can be narrowed: %j', async (filter, found) => {
    const { table } = await ledger()
    const { text } = await run(table, 'history', '--table', 't', '--format', 'json', ...filter)
    expect(JSON.parse(text)).toHaveLength(found)
  })

  it('says so where there is none', async () => {
    expect((await run(new MemoryTable(), 'history', '--table', 'gate')).text).toBe(
      'No decisions.\n'
    )
  })
})

/** The decision and what became of it: approved at 08:50, moving from 08:55:10 on, stopped at 08:57. */
async function moved(table: MemoryTable): Promise<string> {
  const at = (time: string): number => Date.parse(`2026-11-30T${time}Z`)
  const facts = { ...factsOf('m'), openedAt: at('08:45:00'), expiresAt: at('09:40:00') }
  const { gate } = await openGate(table, facts, ['m'])
  const decision = {
    ...{ at: at('08:50:00'), by: [{ id: 'U1', name: '김민수' }], reason: 'ok' },
    ...{ breakGlass: true, policy: 'p' }
  }
  const closed = await breakGlass(table, gate, { decision })
  if (!closed) throw new Error('not closed')
  const recorded = await record(table, seal, closed)
  const [hold] = recorded.facts.holds
  const result = {
    ...({ status: 'stopped', rollback: 'succeeded', at: at('08:57:00') } as const),
    ...{ beganAt: at('08:55:10'), rolledBackAt: at('08:58:30') }
  }
  const answered = (await markAnswered(table, recorded, hold, 'APPLIED')) ?? recorded
  const noted = (await noteTrafficResult(table, answered, hold, result)) ?? answered
  const measured = {
    verdict: 'failed',
    total: 900,
    failed: 27,
    summary: '',
    measuredBy: 'observer'
  } as const
  const whole = (await noteAvailability(table, noted, measured)) ?? noted
  const observed = { at: at('09:00:00'), stoppedByObserver: '3 % of requests failed' }
  const ended = await recordResult(
    table,
    seal,
    { ...whole, head: recorded.head },
    'ended',
    observed
  )
  return ended.results.ended?.head ?? ''
}

describe('history --at', () => {
  it('says who was moving what at this minute, why it ended, and in which time zone it read that', async () => {
    const { table } = await ledger()
    await moved(table)
    const at = ['history', '--table', 't', '--service', 'orders', '--at', '2026-11-30T08:56']
    const { text } = await run(table, ...at)
    expect(text).toContain('stderr: Taken as UTC: 2026-11-30 08:56:00')
    expect(text).toContain('From 2026-11-30 08:56:00 to 2026-11-30 08:56:59 UTC:')
    expect(text).toMatch(
      /shop\/orders +moving traffic 08:55:10–08:57:00 +orders:1 -> orders:2 +octocat +김민수 \(U1\)/
    )
    expect(text).toContain(
      'stopped 08:57:00 (traffic moved from 08:55:10), rolled back 08:58:30  27 of 900 (measured by the observer)  ok; 3 % of requests failed'
    )
  })

  it('names other services too, because one may break the other', async () => {
    const table = new MemoryTable()
    await moved(table)
    const { text } = await run(
      table,
      'history',
      '--table',
      't',
      '--service',
      'payment',
      '--at',
      '2026-11-30T08:56Z'
    )
    expect(text).toMatch(
      /Nothing was under way\.\n\nOther services at this time:\n[^]*shop\/orders +moving traffic/
    )
    expect(text).not.toContain('Taken as UTC')
  })

  it.each([
    ['--at', '2026-11-30T17:56+09:00', 'moving'],
    ['--at', '2026-11-30T08:57:30', 'rolling-back'],
    ['--at', '2026-11-30T08:46', 'waiting']
  ])('%s %s is read as it says: %s', async (option, time, doing) => {
    const table = new MemoryTable()
    await moved(table)
    const { text } = await run(table, 'history', '--table', 't', '--format', 'csv', option, time)
    expect(text).toMatch(new RegExp(`^${doing},2026-11-30T08:45`, 'm'))
  })

  it('says in JSON since when and until when', async () => {
    const table = new MemoryTable()
    await moved(table)
    const { text } = await run(
      table,
      'history',
      '--table',
      't',
      '--format',
      'json',
      '--at',
      '2026-11-30T08:56Z'
    )
    expect(JSON.parse(text)).toMatchObject([
      {
        phases: [
          { doing: 'moving', from: '2026-11-30T08:55:10.000Z', until: '2026-11-30T08:57:00.000Z' }
        ],
        ...{ service: 'shop/orders', result: 'stopped', requests: 900, requestsFailed: 27 }
      }
    ])
  })

  it('says so if nothing moved', async () => {
    const { text } = await run(
      new MemoryTable(),
      'history',
      '--table',
      't',
      '--at',
      '2026-11-30T08:56Z'
    )
    expect(text).toMatch(
      /Nothing was under way\.\n\nNo release with a gate moved traffic at this time\.\n$/
    )
  })

  it('speaks Korean if it is asked to', async () => {
    const table = new MemoryTable()
    await moved(table)
    const args = ['history', '--table', 't', '--at', '2026-11-30T08:56Z', '--language', 'ko']
    expect((await run(table, ...args)).text).toContain('트래픽 전환 중')
  })
})

describe('policy check', () => {
  const folder = mkdtempSync(join(tmpdir(), 'policy-'))

  async function checked(
    text: string,
    name = 'policy.yml'
  ): Promise<{ code: number; text: string }> {
    const path = join(folder, name)
    writeFileSync(path, text)
    const { code, text: said } = await run(new MemoryTable(), 'policy', 'check', path)
    return { code, text: said.replaceAll(`${folder}/`, '') }
  }

  it('says that a document is good', async () => {
    expect(await checked(SMALLEST)).toEqual({
      code: 0,
      text: "policy.yml: ok, the gate's functions take it as it is\n"
    })
  })

  it('names every problem as the functions do, with line and column', async () => {
    const text = [
      'version: 1',
      'language: fr',
      'slack:',
      '  team: T012AB3CD',
      '  app: nobody',
      'approvers:',
      '  users: [U012AB3CD, ann]',
      'self-aproval: allowed'
    ].join('\n')
    const { code, text: said } = await checked(text)
    expect(code).toBe(1)
    const problems = await parsePolicy(text).then(
      () => [],
      (error: unknown) => (error instanceof PolicyError ? error.problems : [])
    )
    const lines = said.trimEnd().split('\n')
    expect(lines.slice(0, -1).map((line) => line.replace(/^policy\.yml:\d+:\d+: /, ''))).toEqual(
      problems
    )
    expect(lines).toEqual(
      expect.arrayContaining([
        'policy.yml:2:1: language: found "fr", wanted en or ko',
        expect.stringMatching(/^policy\.yml:3:1: slack\.channel: is missing$/),
        expect.stringMatching(/^policy\.yml:5:3: slack\.app: found "nobody"/),
        expect.stringMatching(/^policy\.yml:7:3: approvers\.users: found "ann"/),
        expect.stringMatching(
          /^policy\.yml:8:1: self-aproval: is not known, .*did you mean self-approval\?$/
        ),
        expect.stringMatching(/^policy\.yml:1:1: self-approval: is missing$/)
      ])
    )
    expect(lines.at(-1)).toBe(
      `policy.yml: problems: ${problems.length}. The gate stays closed with it.`
    )
  })

  it('finds the place of members whose names have dots and slashes, and of list items', async () => {
    const text = `${SMALLEST}\nservices:\n  shop/pay.v2:\n    quorum: 0\nfreeze:\n  - from: never\n`
    const { text: said } = await checked(text)
    const line = SMALLEST.split('\n').length
    expect(said).toContain(`policy.yml:${line + 3}:5: services.shop/pay.v2.quorum: `)
    expect(said).toMatch(new RegExp(`policy\\.yml:${line + 5}:[35]: freeze\\[0\\]`))
  })

  it('says where a document is no YAML, and takes JSON', async () => {
    expect((await checked('version: 1\nslack: [')).text).toMatch(/^policy\.yml:2:\d+: /)
    expect((await checked('{"version": 1,\n "languge": "en"}', 'policy.json')).text).toContain(
      'policy.json:2:2: languge: is not known'
    )
  })

  it('fails if there is no such file', async () => {
    await expect(
      run(new MemoryTable(), 'policy', 'check', join(folder, 'none.yml'))
    ).rejects.toThrow('ENOENT')
  })
})

describe('an item of a chain that cannot be read', () => {
  const EDITS: readonly [string, { readonly sk: string; readonly [name: string]: string }][] = [
    ['no seal', { sk: '000000000003', row: '{}', digest: 'd' }],
    ['nothing', { sk: '000000000003' }],
    ['no number', { sk: 'three', row: '{}', digest: 'd', mac: 'm' }],
    ['no JSON', { sk: '000000000003', row: '{', digest: 'd', mac: 'm' }]
  ]

  it.each(EDITS)('with %s: history and verify name it and fail', async (_, item) => {
    const { table, head } = await ledger()
    await table.create({ pk: 'chain#shop/orders', ...item })
    for (const filter of [[], ['--since', '2026-01-01'], ['--state', 'APPROVED']]) {
      const history = await run(table, 'history', '--table', 'gate', ...filter)
      expect(history.code).toBe(1)
      expect(history.text).toContain(
        `stderr: chain#shop/orders ${item.sk}: cannot be read as a row of the record`
      )
    }
    const which = ['--table', 'gate', '--service', 'shop/orders', '--no-seal', '--head', head]
    const verify = await run(table, 'verify', ...which)
    expect(verify.code).toBe(1)
    expect(verify.text).toMatch(/DAMAGED: \d faults? in/)
  })
})

describe('verify', () => {
  const VERIFY = ['verify', '--table', 'gate', '--service', 'shop/orders', '--key', 'alias/gate']

  it('finds a whole chain whole, by the head from a card', async () => {
    const { table, head } = await ledger()
    for (const kept of [head, head.slice(0, 14)]) {
      const { code, text } = await run(table, ...VERIFY, '--head', kept)
      expect(text).toContain('ok: 2 rows of shop/orders')
      expect(code).toBe(0)
    }
  })

  it('covers what became of a release, and takes its head', async () => {
    const { table } = await ledger()
    const head = await moved(table)
    const { code, text } = await run(table, ...VERIFY, '--head', head)
    expect(text).toContain('ok: 4 rows of shop/orders (3 decisions, 1 of what became of them)')
    expect(code).toBe(0)
    const key = chainKey('shop/orders', 4)
    const item = await table.get(key)
    await table.update(
      key,
      { set: { row: JSON.stringify(item?.['row']).replace('stopped', 'released') } },
      []
    )
    expect((await run(table, ...VERIFY, '--head', head)).text).toContain('row 4: edited')
  })

  it('names the row that was edited, and fails', async () => {
    const { table, head } = await ledger()
    const key = chainKey('shop/orders', 1)
    const item = await table.get(key)
    const row = item?.['row']
    const text = typeof row === 'string' ? row.replace('first', 'other') : 'no text'
    await table.update(key, { set: { row: text } }, [])
    const found = await run(table, ...VERIFY, '--head', head)
    expect(found.text).toContain('row 1: edited')
    expect(found.text).toContain('DAMAGED')
    expect(found.code).toBe(1)
  })

  it('notices a tail that was cut off', async () => {
    const { table, head } = await ledger()
    table.items.delete(JSON.stringify(['chain#shop/orders', '000000000002']))
    const { code, text } = await run(table, ...VERIFY, '--head', head)
    expect(text).toContain('row 2: cut-off')
    expect(code).toBe(1)
  })

  it('says what it did not check', async () => {
    const { table, head } = await ledger()
    const args = VERIFY.filter((arg) => !['--key', 'alias/gate'].includes(arg))
    const { text } = await run(table, ...args, '--head', head, '--no-seal')
    expect(text).toContain('seals not checked')
  })
})

describe('a command that cannot be understood', () => {
  it('is answered with every problem at once', async () => {
    const wrong = run(new MemoryTable(), 'verify', '--service', 'orders', '--head', '12', 'more')
    await expect(wrong).rejects.toMatchObject({
      problems: [
        'unexpected: more',
        '--service: "orders" is not CLUSTER/SERVICE',
        '--head: "12" is no head; wanted its number, a dash and 12 to 64 hex digits',
        '--key is required; --no-seal leaves the seals unchecked',
        '--table is required'
      ]
    })
  })

  it.each([
    [['audit'], 'wanted history, verify, policy check, setup code, setup slack, found audit'],
    [[], 'wanted history, verify, policy check, setup code, setup slack, found no command'],
    [['histroy', '--table', 't'], 'did you mean history?'],
    [['policy'], 'found policy'],
    [['policy', 'check'], 'policy check: wanted the path of a policy document'],
    [['policy', 'check', 'a.yml', 'b.yml'], 'unexpected: b.yml'],
    [['history', '--table', 't', '--format', 'xml'], '--format: wanted one of table, json, csv'],
    [['history', '--table', 't', '--head', '1'], '--head means nothing to history'],
    [['history', '--table', 't', '--at', '08:56'], '--at: "08:56" is no time'],
    [['history', '--table', 't', '--since', '2026-02-30'], '--since: "2026-02-30" is no time'],
    [
      ['history', '--table', 't', '--at', '2026-11-30', '--since', '2026-11-01'],
      '--at and --since exclude each other'
    ],
    [['history', '--table', 't', '--language', 'fr'], '--language: wanted one of en, ko'],
    [['--what'], "Unknown option '--what'"]
  ])('is refused: %j', async (args, why) => {
    await expect(Promise.resolve().then(() => run(new MemoryTable(), ...args))).rejects.toThrow(why)
  })

  it('unless it asks for help', async () => {
    const { text, code } = await run(new MemoryTable(), '--help')
    expect(text).toContain('Usage:')
    expect(code).toBe(0)
  })
})
