import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { createLog, inert, type LogCore } from '../../src/action/log.ts'

/** Writes down what reaches `@actions/core`. */
function recorder() {
  const calls: [string, string][] = []
  const record = (name: string) => (text: unknown) => void calls.push([name, String(text)])
  const core: LogCore = {
    debug: record('debug'),
    error: record('error'),
    info: record('info'),
    setFailed: record('setFailed'),
    setSecret: record('setSecret'),
    startGroup: record('startGroup'),
    warning: record('warning'),
    endGroup: () => void calls.push(['endGroup', ''])
  }
  return { calls, log: createLog(core) }
}

/** The runner's recognition of a command in a line, both versions. */
function isCommand(line: string): boolean {
  return line.trimStart().startsWith('::') || line.includes('##[')
}

const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '::',
        ':',
        '##[',
        '##',
        '[',
        '#',
        '::error::',
        '::set-output name=x::',
        '::stop-commands::t',
        '\n',
        '\r',
        '\r\n',
        '\u2028',
        '\u0085',
        '\v',
        ' ',
        '\t',
        '\u00a0',
        '\u200b',
        '\ufeff',
        '\u00ad',
        '\u202e',
        '\u034f',
        '\0',
        '\x1b[31m',
        '\x1b]8;;https://x\x07',
        '\x1b[',
        '\x9b',
        '\ud800'
      ),
      fc.string({ unit: 'binary', maxLength: 5 })
    ),
    { maxLength: 20 }
  )
  .map((parts) => parts.join(''))

describe('threat: workflow-command injection', () => {
  it('never leaves a command, however it is hidden', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(inert(text).split(/\r|\n/).filter(isCommand)).toEqual([])
      }),
      { numRuns: 2_000 }
    )
  })

  it('never leaves anything invisible but tabs and line ends', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(inert(text)).not.toMatch(/(?![\t\n])[\p{Cc}\p{Cf}\u200b\u2028\u2029\ufeff\u034f]/u)
      })
    )
  })

  it('has nothing left to do the second time', () => {
    fc.assert(fc.property(hostile, (text) => expect(inert(inert(text))).toBe(inert(text))))
  })

  it('keeps ordinary text as it is', () => {
    const text = 'arn:aws:iam::123456789012:role/x\n\tüñí 日本語 🎉 #1 ## a ##\nC:\\x [y]'
    expect(inert(text)).toBe(text)
  })

  it.each([
    ['a\n::error::b', 'a\n: :error::b'],
    ['  ::add-mask::x', '  : :add-mask::x'],
    ['a ##[error]b', 'a ## [error]b'],
    ['#\x1b[0m#[group]', '## [group]'],
    ['a\r::debug::b', 'a\n: :debug::b'],
    [':\u200b:error::x', ': :error::x'],
    ['\x1b[1;31mred\x1b[0m', 'red']
  ])('%j becomes %j', (text, expected) => {
    expect(inert(text)).toBe(expected)
  })
})

describe('the log', () => {
  it('disarms everything it is given', async () => {
    const { calls, log } = recorder()
    log.info('::a')
    log.debug('::b')
    log.warning('::c')
    log.error('::d')
    log.fail('::e')
    await log.group('::f\n::g', async () => log.info('in'))
    expect(calls).toEqual([
      ['info', ': :a'],
      ['debug', ': :b'],
      ['warning', ': :c'],
      ['error', ': :d'],
      ['setFailed', ': :e'],
      ['startGroup', ': :f : :g'],
      ['info', 'in'],
      ['endGroup', '']
    ])
  })

  it('closes a group that fails, and hands its result on', async () => {
    const { calls, log } = recorder()
    await expect(log.group('one', async () => 7)).resolves.toBe(7)
    await expect(
      log.group('two', async () => {
        throw new Error('no')
      })
    ).rejects.toThrow('no')
    expect(calls.filter(([name]) => name === 'endGroup')).toHaveLength(2)
  })

  it('spends ten annotations of a kind, the last error on the failure', () => {
    const { calls, log } = recorder()
    for (let n = 1; n <= 15; n++) {
      log.warning(`w${n}`)
      log.error(`e${n}`)
    }
    log.fail('it failed')
    const of = (kind: string) => calls.filter(([name]) => name === kind).map(([, text]) => text)
    expect(of('warning')).toHaveLength(10)
    expect(of('error')).toHaveLength(9)
    expect(of('setFailed')).toEqual(['it failed'])
    expect(of('info')).toContain('Warning: w11')
    expect(of('info')).toContain('Error: e10')
  })

  it('keeps annotations within what GitHub shows', () => {
    const { calls, log } = recorder()
    log.error('é'.repeat(5_000))
    log.info('é'.repeat(5_000))
    expect(calls.map(([, text]) => text.length)).toEqual([4_096, 5_000])
  })

  it('registers each secret as it is', () => {
    const { calls, log } = recorder()
    log.mask(['::x', 'a%0Ab'])
    expect(calls).toEqual([
      ['setSecret', '::x'],
      ['setSecret', 'a%0Ab']
    ])
  })
})
