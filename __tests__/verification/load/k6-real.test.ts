import { afterEach, expect, it } from '@jest/globals'
import { delimiter } from 'node:path'
import { systemClock } from '../../../src/release/clock.ts'
import { runLoad, type LoadOptions } from '../../../src/verification/load/run-load.ts'
import { parseThresholds } from '../../../src/verification/load/thresholds.ts'
import { describeWhereBrought, onPath } from '../../helpers/needs.ts'
import { fixturePath } from './fixture.ts'
import { serve, type TestServer } from './server.ts'

/** k6 is a program that users bring. `$K6_PATH` may be several, separated as PATH is: one of each major version. */
const PATHS = (process.env['K6_PATH'] ?? onPath('k6') ?? '')
  .split(delimiter)
  .filter((each) => each !== '')
const MISSING = PATHS.length === 0 ? 'no k6 on the PATH, and K6_PATH is not set' : undefined

/** Far above any pause of the host: what is tested is the judging, not the machine. */
const LIMIT_MS = 30_000

let server: TestServer | undefined
afterEach(async () => {
  await server?.close()
  server = undefined
})

function options(k6Path: string, target: URL, further: Partial<LoadOptions> = {}): LoadOptions {
  return {
    name: 'load',
    required: true,
    target,
    script: fixturePath('script.k6'),
    k6Path,
    thresholds: parseThresholds(['p99 < 2 s', 'failure-rate < 20 %'], 'thresholds'),
    builtin: { connections: 1, seconds: 1, requests: [] },
    clock: systemClock,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    ...further
  }
}

for (const k6Path of PATHS.length === 0 ? ['k6'] : PATHS)
  describeWhereBrought(MISSING, `k6 itself: ${k6Path}`, () => {
    it('measures, and its thresholds are judged as it judges them', async () => {
      server = await serve((_, response, count) => {
        response.statusCode = count % 10 === 0 ? 500 : 200
        response.end('ok')
      })
      const said: string[] = []
      const evidence = await runLoad(
        options(k6Path, server.url, {
          arguments: ['--env', `LIMIT_MS=${LIMIT_MS}`],
          thresholds: parseThresholds(
            [`p99 < ${LIMIT_MS} ms`, 'failure-rate < 20 %'],
            'thresholds'
          ),
          onProgress: (text) => said.push(text)
        })
      )
      expect(evidence).toMatchObject({ engine: 'k6', verdict: 'failed' })
      expect(evidence.engineVersion).toMatch(/^\d+\.\d+\.\d+/)
      expect(evidence.requests).toBe(server.served())
      expect(evidence.failureRate).toBeGreaterThan(0.07)
      expect(evidence.failureRate).toBeLessThan(0.13)
      const holding = evidence.thresholds.filter(({ passed }) => passed).map(({ text }) => text)
      expect(holding.toSorted()).toEqual([
        'checks: rate>0.5',
        'failure-rate < 20 %',
        'http_req_duration: p(99)<30000',
        'http_req_duration: p(99.9)<60000',
        'http_req_duration{name:item}: p(95) < 24000',
        'http_req_failed{name:nothing}: rate<0.01',
        'http_reqs: count>10',
        'http_reqs: rate>1',
        'p99 < 30000 ms',
        'vus: value>0'
      ])
      expect(said[0]).toMatch(/^running \(/)
    }, 60_000)

    it('writes its summary when it is interrupted', async () => {
      const controller = new AbortController()
      server = await serve((_, response, count) => {
        response.end('ok')
        if (count === 20) controller.abort()
      })
      const evidence = await runLoad(
        options(k6Path, server.url, {
          arguments: ['--duration', '60s'],
          signal: controller.signal
        })
      )
      expect(evidence).toMatchObject({ engine: 'k6', verdict: 'unknown' })
      expect(evidence.summary).toMatch(/: stopped early; p99 /)
      expect(evidence.requests).toBeGreaterThan(10)
    }, 60_000)

    it('says why it could not run', async () => {
      server = await serve((_, response) => response.end())
      const evidence = await runLoad(
        options(k6Path, server.url, { script: fixturePath('no-such-script.js') })
      )
      expect(evidence).toMatchObject({ engine: 'k6', verdict: 'unknown', requests: 0 })
      expect(evidence.summary).toMatch(/exit code \d+/)
    }, 60_000)

    it('knows that nobody has answered', async () => {
      const gone = await serve(() => undefined)
      await gone.close()
      const evidence = await runLoad(options(k6Path, gone.url))
      expect(evidence).toMatchObject({ verdict: 'failed', failureRate: 1, latency: undefined })
    }, 60_000)

    it('follows no redirect, whatever the script and the arguments say', async () => {
      const elsewhere = await serve((_, response) => response.end())
      server = await serve((_, response) => {
        response.writeHead(302, { location: elsewhere.url.href }).end()
      })
      const script = fixturePath('led-away.k6')
      const more = { script, arguments: ['--max-redirects', '5'] }
      const evidence = await runLoad(options(k6Path, server.url, more))
      await elsewhere.close()
      expect(evidence).toMatchObject({ engine: 'k6', verdict: 'passed', requests: 3 })
      expect([server.served(), elsewhere.served()]).toEqual([3, 0])
    }, 60_000)

    it.each(['http://169.254.169.254/', 'http://[64:ff9b::a9fe:a9fe]/', 'http://[fd00:ec2::254]/'])(
      'is not led to %s by a script that follows redirects',
      async (location) => {
        server = await serve((_, response) => {
          response.writeHead(302, { location }).end()
        })
        const script = fixturePath('led-away.k6')
        const startedAt = systemClock.now()
        const more = { script, arguments: ['--env', 'REDIRECTS=3'] }
        const evidence = await runLoad(options(k6Path, server.url, more))
        expect(evidence).toMatchObject({ engine: 'k6', verdict: 'failed', requests: 6 })
        // Refused at once: nobody waited for an answer from there.
        expect(systemClock.now() - startedAt).toBeLessThan(10_000)
      },
      60_000
    )
  })
