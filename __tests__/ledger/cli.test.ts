import { describe, expect, it } from '@jest/globals'
import { runCli } from '../../src/gate/cli/run.ts'
import { record } from '../../src/ledger/chain.ts'
import type { EvidenceFacts, GateFacts } from '../../src/ledger/gate.ts'
import { giveUp, openGate } from '../../src/ledger/gates.ts'
import { chainKey } from '../../src/ledger/keys.ts'
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
    write: (more: string) => void (text += more),
    warn: (more: string) => void (text += `stderr: ${more}`)
  }
  return { code: await runCli(args, ports), text }
}

describe('history', () => {
  it('lists the decisions of all services, newest first, in columns that line up', async () => {
    const { table } = await ledger()
    const { text } = await run(table, 'history', '--table', 'gate')
    const lines = text.trimEnd().split('\n')
    expect(lines).toHaveLength(4)
    expect(lines[0]).toMatch(/^WHEN \(UTC\) +SERVICE +DECISION +BY +REVISION +REASON +EVIDENCE$/)
    expect(lines[1]).toContain('1970-01-04 00:00:00  shop/orders   WITHDRAWN  김민수 (U1)')
    expect(lines[2]).toContain('shop/payment')
    expect(lines[3]).toMatch(/  first +-$/)
    expect(text).not.toContain('\u001b')
  })

  it.each([
    ['table', /  first +routes: passed; orders: failed$/m],
    ['csv', /,routes: passed; orders: failed,1-[0-9a-f]{64}\r\n$/]
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
    expect(text.split('\r\n')[0]).toMatch(/^decidedAt,service,state,by,reason/)
    expect(text).toContain(`"'=HYPERLINK(""x""), ""quoted"""`)
  })

  it.each([
    [['--service', 'shop/payment'], 1],
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
        `stderr: chain#shop/orders ${item.sk}: cannot be read as a decision`
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

  it.each([[['audit']], [[]], [['history', '--table', 't', '--format', 'xml']], [['--what']]])(
    'is refused: %j',
    async (args) => {
      await expect(run(new MemoryTable(), ...args)).rejects.toThrow()
    }
  )

  it('unless it asks for help', async () => {
    const { text, code } = await run(new MemoryTable(), '--help')
    expect(text).toContain('Usage:')
    expect(code).toBe(0)
  })
})
