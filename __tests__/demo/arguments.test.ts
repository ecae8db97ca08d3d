import { describe, expect, it } from '@jest/globals'
import { readArguments, USAGE, UsageError } from '../../demo/arguments.ts'
import { BUGS } from '../../examples/service/bugs.ts'

describe('the command line', () => {
  it('leaves the decision to a person unless told otherwise', () => {
    expect(readArguments([], '/here')).toEqual({
      strategy: 'codedeploy',
      decision: undefined,
      bug: undefined,
      load: false,
      keepPath: undefined,
      jsonPath: undefined,
      language: 'en',
      help: false
    })
  })

  it('takes the name of a fault, and refuses any other with the list', () => {
    expect(readArguments(['--bug', 'payment-lost'], '/here').bug).toBe('payment-lost')
    for (const name of ['', 'A B', '../x', 'payment-losts'])
      expect(() => readArguments([`--bug=${name}`], '/here')).toThrow(
        `--bug: ${name === '' ? 'an empty name' : JSON.stringify(name)} is no fault; there are ${BUGS.join(', ')}`
      )
  })

  it.each(BUGS)('knows %s, as --help does', (bug) => {
    expect(readArguments(['--bug', bug], '/here').bug).toBe(bug)
    expect(USAGE).toContain(bug)
  })

  it('keeps files in a folder, from where the caller is', () => {
    expect(readArguments(['--keep', 'out'], '/here').keepPath).toBe('/here/out')
    expect(() => readArguments(['--keep='], '/here')).toThrow('--keep needs the name of a folder')
  })

  it.each(['approve', 'reject'])('--%s decides', (decision) => {
    expect(readArguments([`--${decision}`], '/here').decision).toBe(decision)
  })

  it.each([
    ['out/result.json', '/here/out/result.json'],
    ['/tmp/result.json', '/tmp/result.json']
  ])('takes %s from the folder the caller is in', (given, path) => {
    expect(readArguments(['--json', given], '/here').jsonPath).toBe(path)
  })

  it.each([
    [['--approve', '--reject'], '--approve and --reject exclude each other'],
    [['--json='], '--json needs the name of a file'],
    [['--json'], "Option '--json <value>' argument missing"],
    [['--aprove'], "Unknown option '--aprove'"],
    [['approve'], "Unexpected argument 'approve'"],
    [['--approve=yes'], "Option '--approve' does not take an argument"]
  ])('%j is refused in one line', (given, message) => {
    const read = (): unknown => readArguments(given, '/here')
    expect(read).toThrow(UsageError)
    expect(read).toThrow(new RegExp(`^${message}[^\n]*$`))
  })
})
