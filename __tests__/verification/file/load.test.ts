import { describe, expect, test } from '@jest/globals'
import { parseVerification, VerificationError } from '../../../src/verification/file/parse.ts'
import type { Load } from '../../../src/verification/file/model.ts'

async function load(section: string): Promise<Load | undefined | readonly string[]> {
  try {
    return (await parseVerification(`version: 1\nenv: [KEY]\nload: ${section}`, 'v.yml')).load
  } catch (error) {
    if (error instanceof VerificationError) {
      return error.problems.map((problem) => problem.replace('v.yml: load.', ''))
    }
    throw error
  }
}

describe('a load', () => {
  test('of a k6 script', async () => {
    expect(
      await load(
        '{ required: true, script: load/orders.js, arguments: [--vus, "10"], thresholds: [p99 < 500 ms] }'
      )
    ).toMatchObject({
      required: true,
      script: 'load/orders.js',
      arguments: ['--vus', '10'],
      thresholds: [{ text: 'p99 < 500 ms', statistic: 'p99', limit: 500 }],
      builtin: { connections: 10, seconds: 30, requests: [] }
    })
  })

  test('of requests', async () => {
    expect(
      await load(
        '{ required: false, connections: 5, duration: 1 min, requests: [{ method: POST, path: "/a?k={{env.KEY}}", body: { b: 1 } }], thresholds: [failure-rate < 1 %, rate > 50 /s] }'
      )
    ).toMatchObject({
      script: undefined,
      builtin: {
        connections: 5,
        seconds: 60,
        requests: [
          {
            method: 'POST',
            path: '/a?k={{env.KEY}}',
            headers: { 'content-type': 'application/json' },
            body: '{"b":1}'
          }
        ]
      }
    })
  })

  test('says how often the checks of its script have to pass, all or by name', async () => {
    const of = (checks: string): ReturnType<typeof load> =>
      load(`{ required: true, script: x.js, thresholds: [max < 1 s], checks: ${checks} }`)
    expect(await of('99.9 %')).toMatchObject({ checks: { all: 0.999, named: new Map() } })
    expect(await of('{ is 200: 99 %, Is 200: 0 %, "pay::total": 100 % }')).toMatchObject({
      checks: {
        all: undefined,
        named: new Map([
          ['is 200', 0.99],
          ['Is 200', 0],
          ['pay::total', 1]
        ])
      }
    })
    expect(await load('{ required: true, script: x.js, thresholds: [max < 1 s] }')).toMatchObject({
      checks: undefined
    })
    expect(await of('0.99')).toEqual([
      'checks: wanted a share such as 99 %, or a share by the name of a check'
    ])
    expect(await of('{}')).toEqual(['checks: found 0 names, wanted 1 to 100'])
    expect(await of('{ is 200: yes, ok: 101 % }')).toEqual([
      'checks["is 200"]: wanted a share such as 99 %',
      'checks["ok"]: wanted a share such as 99 %'
    ])
    expect(
      await load(
        '{ required: true, thresholds: [max < 1 s], requests: [{ path: / }], checks: 99 % }'
      )
    ).toEqual(['checks: are those of a k6 script; name one'])
  })

  test('tells all its problems', async () => {
    expect(
      await load(
        '{ script: ../x.js, arguments: [], connections: 0, duration: 2 h, requests: [{ url: "http://x/", expect: { status: 200 } }], thresholds: [p98 < 5 ms, p99 < 5], foo: 1 }'
      )
    ).toEqual([
      'required: is missing',
      'script: found "../x.js", wanted a path within the workspace',
      expect.stringMatching(/^thresholds\[0\]: found "p98 < 5 ms"/),
      expect.stringMatching(/^thresholds\[1\]: found "p99 < 5"/),
      'arguments: found a list, wanted a list of at least one text',
      'connections: found 0, wanted a whole number from 1 to 1000',
      'duration: wanted a duration such as 500 ms, 2 s or 1 min',
      'requests[0].url: has no meaning in a load',
      'requests[0].expect: has no meaning in a load',
      'requests[0].url: goes to http://x, which target.allow does not list',
      'requests: is missing; wanted requests to send, or a k6 script',
      expect.stringMatching(/^foo: is not known/)
    ])
    expect(await load('{ required: true, thresholds: [max < 1 s] }')).toEqual([
      'requests: is missing; wanted requests to send, or a k6 script'
    ])
    expect(await load('{ required: true, duration: 2 min, requests: [{ path: / }] }')).toEqual([
      'thresholds: is missing'
    ])
    for (const script of ['/etc/x.js', 'a/../../x.js', '~/x.js', 'a\\x.js', 'C:/x.js']) {
      expect(
        await load(`{ required: true, thresholds: [max < 1 s], script: '${script}' }`)
      ).toContainEqual(expect.stringContaining('wanted a path within the workspace'))
    }
  })
})
