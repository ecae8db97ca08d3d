import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { existsSync, readFileSync } from 'node:fs'
import { chmod, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { systemClock } from '../../../src/release/clock.ts'
import { runK6, type K6Options, type K6Run } from '../../../src/verification/load/k6.ts'
import { fakeK6, type FakeK6 } from './fake-k6.ts'

let fake: FakeK6
beforeEach(async () => {
  fake = await fakeK6()
})
afterEach(() => fake.remove())

async function run(behaviour: string, further: Partial<K6Options> = {}): Promise<K6Run> {
  return runK6({
    path: fake.path,
    script: await fake.script(behaviour),
    target: new URL('http://127.0.0.1:8443/shop/'),
    arguments: [],
    clock: systemClock,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    ...further,
    env: { ...fake.env, ...further.env }
  })
}

function noted(name: string): string | undefined {
  try {
    const lines = readFileSync(fake.notes, 'utf8').split('\n')
    return lines.find((line) => line.startsWith(name))?.slice(name.length + 1)
  } catch {
    return undefined
  }
}

async function until(condition: () => boolean): Promise<void> {
  for (let left = 500; left > 0 && !condition(); left--) await systemClock.sleep(10)
  expect(condition()).toBe(true)
}

function isAlive(pid: string | undefined): boolean {
  try {
    // A process that nobody has waited for is a zombie, and gone all the same.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid ?? ''}/status`, 'utf8'))
  } catch {
    return false
  }
}

describe('runK6', () => {
  it.each([
    [0, 'hold'],
    [99, 'crossed']
  ])('measures with exit code %d', async (code, thresholds) => {
    expect(await run(`exit-${code}`)).toEqual({
      kind: 'measured',
      version: '1.3.0',
      summary: {
        figures: {
          latency: { avg: 120, min: 80, med: 110, max: 480, p90: 200, p95: 250, p99: 312 },
          requests: 12345,
          rate: 205.75,
          failureRate: 2 / 12345,
          failed: 2
        },
        thresholds: [],
        checks: [],
        script: { trends: [] }
      },
      said: { errors: [], closing: '' },
      thresholds,
      interrupted: false
    })
  })

  it('gives k6 its arguments, the percentiles of the script among them', async () => {
    const given = ['--execution-segment', '0:1/4', '--max-redirects', '5']
    await run('exit-0', { arguments: given })
    expect(JSON.parse(noted('arguments') ?? '')).toEqual([
      'run',
      ...given,
      '--max-redirects',
      '0',
      ...[
        '169.254.0.0/16',
        '64:ff9b::169.254.0.0/112',
        '::169.254.0.0/112',
        '168.63.129.16/32',
        '64:ff9b::168.63.129.16/128',
        '::168.63.129.16/128',
        '100.100.100.200/32',
        '64:ff9b::100.100.100.200/128',
        '::100.100.100.200/128',
        '0.0.0.0/8',
        '64:ff9b::0.0.0.0/104',
        '224.0.0.0/3',
        '64:ff9b::224.0.0.0/99',
        '::224.0.0.0/99',
        'fe80::/10',
        'fd00:ec2::/32',
        'fd20:ce::254/128',
        'ff00::/8',
        '::/128',
        '2002::/16',
        '2001::/32',
        '64:ff9b:1::/48',
        '::ffff:0:0:0/96'
      ].flatMap((range) => ['--blacklist-ip', range]),
      '--summary-export',
      expect.stringMatching(/summary\.json$/),
      '--summary-trend-stats',
      [
        'avg,min,med,max,count,p(90),p(95),p(99),p(1),p(5),p(10),p(25),p(75),p(80),p(85),p(97),p(98)',
        // The one in the text of the script is p(98.6).
        'p(99.5),p(99.9),p(99.95),p(99.99),p(99.999),p(98.6)'
      ].join(','),
      await fake.script('exit-0')
    ])
  })

  it('hands --out cloud on, and its token, which is in no output', async () => {
    const env = { K6_CLOUD_TOKEN: 'very-secret', TOKEN: 'very-secret' }
    const found = await run('fail-97', { arguments: ['--out', 'cloud'], env })
    expect(noted('arguments')).toMatch(/^\["run","--out","cloud",/)
    expect(JSON.parse(noted('environment') ?? '')).toMatchObject({ K6_CLOUD_TOKEN: 'very-secret' })
    expect(found).toMatchObject({
      kind: 'failed',
      reason: expect.stringMatching(/^exit code 97, the cloud run failed/)
    })
    expect(JSON.stringify(found)).not.toContain('very-secret')
  })

  it('lets k6 see only what it needs and what it is given', async () => {
    process.env['AWS_SECRET_ACCESS_KEY'] = 'secret'
    process.env['INPUT_TOKEN'] = 'secret'
    process.env['ACTIONS_RUNTIME_TOKEN'] = 'secret'
    process.env['GITHUB_ENV'] = '/github/env'
    try {
      await run('exit-0', { env: { USER_ID: '7', BASE_URL: 'http://elsewhere.test' } })
    } finally {
      delete process.env['AWS_SECRET_ACCESS_KEY']
      delete process.env['INPUT_TOKEN']
      delete process.env['ACTIONS_RUNTIME_TOKEN']
      delete process.env['GITHUB_ENV']
    }
    const seen = new Map(Object.entries(JSON.parse(noted('environment') ?? '{}') as object))
    expect(seen.get('BASE_URL')).toBe('http://127.0.0.1:8443/shop')
    expect(seen.get('USER_ID')).toBe('7')
    // The last ones are of the shell that starts the fake.
    const mayBe = [
      'PATH',
      'HOME',
      'TMPDIR',
      'SSL_CERT_FILE',
      'SSL_CERT_DIR',
      'SUMMARY',
      'PWD',
      'SHLVL',
      '_'
    ]
    const others = [...seen.keys()].filter((name) => !mayBe.includes(name))
    expect(others.toSorted()).toEqual([
      'BASE_URL',
      'K6_NEW_MACHINE_READABLE_SUMMARY',
      'K6_NO_USAGE_REPORT',
      'USER_ID'
    ])
  })

  it('starts k6 in an empty folder of its own, which is its home too, and removes it', async () => {
    await run('exit-0')
    const folder = noted('folder') ?? ''
    expect([noted('files'), folder.startsWith(tmpdir())]).toEqual(['[]', true])
    expect(JSON.parse(noted('environment') ?? '')).toMatchObject({ HOME: folder })
    expect(existsSync(folder)).toBe(false)
  })

  it('finds a k6 whose path is relative to the folder of the job', async () => {
    const path = relative(process.cwd(), fake.path)
    expect(await run('exit-0', { path })).toMatchObject({ kind: 'measured' })
  })

  it.each([
    ['fail-107', 'exit code 107, the script threw an error: it said "no" to ***'],
    ['fail-104', 'exit code 104, the options are not valid: it said "no" to ***'],
    ['fail-3', 'exit code 3: it said "no" to ***'],
    ['exit-110', 'exit code 110, the script marked the test as failed'],
    [
      'nothing',
      'k6 wrote no summary (--no-summary and --summary-mode=disabled keep it from doing so)'
    ],
    ['broken', 'k6-summary.json:1:14: found the end of the file, wanted a key in double quotes'],
    ['huge', 'its summary is longer than 5242880 bytes']
  ])('says what %s is', async (behaviour, reason) => {
    const found = await run(behaviour, { env: { TOKEN: 'very-secret' } })
    expect(found).toMatchObject({ kind: 'failed', version: '1.3.0' })
    if (found.kind !== 'failed') throw new Error('measured')
    expect(found.reason.startsWith(reason)).toBe(true)
    expect(found.reason).not.toContain('\n')
    expect(found.output).not.toContain('very-secret')
  })

  it('keeps the last 4 KB of what k6 wrote', async () => {
    const found = await run('chatty')
    if (found.kind !== 'failed') throw new Error('measured')
    expect(found.output.length).toBeGreaterThan(4000)
    expect(found.output.length).toBeLessThanOrEqual(4096)
    expect(found.reason).toBe('exit code 107, the script threw an error: line 19999')
  })

  it('hands progress on every five seconds of the clock', async () => {
    let time = 0
    const clock = {
      now: () => (time += 1_700),
      sleep: (ms: number, signal?: AbortSignal) => systemClock.sleep(ms, signal)
    }
    const said: string[] = []
    await run('progress', { clock, onProgress: (text) => said.push(text) })
    expect(said[0]).toBe('running (0m01.0s), 2/2 VUs')
    expect(said.length).toBeGreaterThan(1)
    expect(said.length).toBeLessThan(5)
  })

  it('says that there is no k6', async () => {
    const path = join(tmpdir(), 'there-is-no-k6')
    expect(await run('exit-0', { path })).toEqual({
      kind: 'missing',
      reason: `spawn ${path} ENOENT`
    })
  })

  it('says that what is there cannot be run', async () => {
    await chmod(fake.path, 0o644)
    expect(await run('exit-0')).toMatchObject({ kind: 'missing', reason: /EACCES/ })
    await chmod(fake.path, 0o755)
    await writeFile(fake.path, '\u007fELF of another machine')
    expect((await run('exit-0')).kind).toBe('missing')
  })

  it('does not go on with a k6 that cannot say its version', async () => {
    expect(await run('exit-0', { env: { NO_VERSION: '1' } })).toEqual({
      kind: 'missing',
      reason: 'k6 version says no version, exit code 3: no version today'
    })
  })

  it('interrupts k6 and takes the summary that it still writes', async () => {
    const controller = new AbortController()
    const running = run('polite', { signal: controller.signal })
    await until(() => noted('ready') !== undefined)
    controller.abort()
    expect(await running).toMatchObject({
      kind: 'measured',
      interrupted: true,
      thresholds: undefined
    })
    expect(noted('SIGINT')).toBeDefined()
  })

  it('kills k6 and all that it has started when the time is over', async () => {
    const controller = new AbortController()
    const running = run('stubborn', { signal: controller.signal, graceMs: 200 })
    await until(() => noted('ready') !== undefined)
    expect([isAlive(noted('pid')), isAlive(noted('child'))]).toEqual([true, true])
    controller.abort()
    expect(await running).toMatchObject({
      kind: 'failed',
      reason: expect.stringMatching(/^interrupted, k6 wrote no summary/)
    })
    expect(noted('SIGINT')).toBeDefined()
    await until(() => !isAlive(noted('pid')) && !isAlive(noted('child')))
  })

  it('leaves nothing behind when k6 ends by itself', async () => {
    expect(await run('orphan')).toMatchObject({ kind: 'measured' })
    await until(() => !isAlive(noted('child')))
    const [, file = ''] = /"--summary-export","([^"]+)"/.exec(noted('arguments') ?? '') ?? []
    expect(file).toContain('summary.json')
    expect(existsSync(dirname(file))).toBe(false)
  })

  it('does not start when it is interrupted before', async () => {
    expect(await run('exit-0', { signal: AbortSignal.abort() })).toMatchObject({ kind: 'failed' })
    expect(noted('pid')).toBeUndefined()
  })
})
