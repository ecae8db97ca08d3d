import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { succeeds } from '../../scripts/checks/command.ts'
import { differences, sizeOf } from '../../scripts/checks/folders.ts'
import { tallyOfJest } from '../../scripts/checks/jest-results.ts'
import { missed, total } from '../../scripts/checks/tally.ts'

describe('the tally of jest', () => {
  const results = (counts: object, tests: readonly (readonly [string, string])[] = []): string =>
    JSON.stringify({
      numPassedTests: 0,
      numFailedTests: 0,
      numRuntimeErrorTestSuites: 0,
      testResults: [
        { assertionResults: tests.map(([fullName, status]) => ({ fullName, status })) }
      ],
      ...counts
    })

  it('counts tests, and names what did not run', () => {
    const text = results({ numPassedTests: 2, numFailedTests: 1 }, [
      ['works', 'passed'],
      ['breaks', 'failed'],
      ['aws CLI: not installed', 'pending'],
      ['later', 'todo']
    ])
    expect(tallyOfJest(text, false)).toEqual({
      passed: 2,
      failed: 1,
      skipped: ['aws CLI: not installed (pending)', 'later (todo)']
    })
  })

  it('counts a suite that could not run', () => {
    expect(tallyOfJest(results({ numRuntimeErrorTestSuites: 1 }), false).failed).toBe(1)
  })

  it('fails with jest, even where no test has failed', () => {
    expect(tallyOfJest(results({ numPassedTests: 5 }), false)).toMatchObject({
      passed: 5,
      failed: 1
    })
    expect(tallyOfJest(results({ numPassedTests: 5 }), true)).toMatchObject({
      passed: 5,
      failed: 0
    })
  })

  it.each(['{}', 'null', '{"numPassedTests": 1}'])('does not take %s for results', (text) => {
    expect(() => tallyOfJest(text, true)).toThrow('not the results')
  })

  it('requires all that did not run, except for what users bring', () => {
    const k6 = 'k6 itself: k6 (skipped, not required: no k6 on the PATH) measures (pending)'
    expect(missed(['aws CLI: not installed (pending)', k6, 'later (todo)'])).toEqual([
      'aws CLI: not installed (pending)',
      'later (todo)'
    ])
  })

  it('adds up', () => {
    expect(
      total([
        { passed: 1, failed: 2, skipped: ['a'] },
        { passed: 3, failed: 0, skipped: ['b'] }
      ])
    ).toEqual({ passed: 4, failed: 2, skipped: ['a', 'b'] })
  })
})

describe('a command', () => {
  const { signal } = new AbortController()

  it('succeeds with exit code 0 alone', async () => {
    expect(await succeeds(process.execPath, ['-e', ''], { signal })).toBe(true)
    expect(await succeeds(process.execPath, ['-e', 'process.exit(2)'], { signal })).toBe(false)
  })

  it('hands over what it prints, to either stream, and sees the variables that it is given', async () => {
    const script =
      'console.log(process.env.GIVEN, process.env.PATH === undefined); console.error(2)'
    let text = ''
    const onOutput = (more: string): void => void (text += more)
    const environment = { GIVEN: 'yes' }
    await succeeds(process.execPath, ['-e', script], { signal, environment, onOutput })
    expect(text.split('\n').sort()).toEqual(['', '2', 'yes false'])
  })

  it('is ended with everything it has started, and has then failed', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const grandchild = `require('node:net').connect(${port}, '127.0.0.1')`
    const child = `require('node:child_process').spawnSync(process.execPath, ['-e', ${JSON.stringify(grandchild)}])`
    const connected = new Promise<Socket>((resolve) => server.once('connection', resolve))
    const stop = new AbortController()
    const ended = succeeds(process.execPath, ['-e', child], { signal: stop.signal })
    const socket = await connected
    const gone = once(socket.on('error', () => undefined).resume(), 'close')
    stop.abort()
    expect(await ended).toBe(false)
    await gone
    server.close()
    expect(await succeeds(process.execPath, ['-e', ''], { signal: stop.signal })).toBe(false)
  })
})

describe('folders', () => {
  let root: string
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'folders-'))
  })
  afterEach(() => rmSync(root, { recursive: true }))

  function folder(name: string, files: Readonly<Record<string, string>>): string {
    const path = join(root, name)
    mkdirSync(join(path, 'deep'), { recursive: true })
    for (const [file, text] of Object.entries(files)) writeFileSync(join(path, file), text)
    return path
  }

  it('are the same when every byte is', () => {
    const files = { 'index.js': 'one', 'deep/chunk.js': 'two' }
    expect(differences(folder('a', files), folder('b', files))).toEqual([])
  })

  it('differ by what is missing, left over or changed', () => {
    const expected = folder('a', { 'index.js': 'one', 'new.js': '', same: 's' })
    const actual = folder('b', { 'index.js': 'ONE', 'deep/old.js': '', same: 's' })
    expect(differences(expected, actual)).toEqual([
      'new.js: missing',
      'deep/old.js: not built from the source',
      'index.js: differs'
    ])
  })

  it('are as large as their files', () => {
    expect(sizeOf(folder('a', { 'index.js': 'four', 'deep/chunk.js': 'é' }))).toBe(6)
  })
})
