import { describe, expect, test } from '@jest/globals'
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { readDuration } from '../../../src/verification/file/figures.ts'
import { parseVerification, VerificationError } from '../../../src/verification/file/parse.ts'
import { fill, namesIn } from '../../../src/verification/file/templates.ts'

const PATH = 'verification.yml'

async function problemsOf(text: string): Promise<readonly string[]> {
  try {
    await parseVerification(text, PATH)
    return []
  } catch (error) {
    if (error instanceof VerificationError) return error.problems
    throw error
  }
}

const FULL = `
version: 1
env: [TEST_PASSWORD]
target:
  test: http://10.0.0.1:8443
  allow: ["https://auth.example.com"]
checks:
  required: false
  requests:
    - path: /health
    - name: list
      method: POST
      path: /orders?all=true
      headers: { Accept: application/json, X-Count: "7" }
      body: { items: [] }
      expect:
        status: [400, 422]
        headers: { Content-Type: { contains: json }, x-one: "1" }
        body: { contains: items }
        json: { $.error: { contains: items }, $.code: 7, $.ok: { exists: false }, $.list: { equals: [1] } }
        within: 1.5 s
      retries: 2
      timeout: 3 s
flows:
  - name: order and pay
    required: true
    steps:
      - name: log in
        method: POST
        url: https://auth.example.com/login
        body: "password={{env.TEST_PASSWORD}}"
        save: { token: $.token, queue: "header:X-Queue-Token" }
      - path: /orders/{{ token }}
        headers: { authorization: "Bearer {{token}}" }
`

describe('a verification file', () => {
  test('with everything', async () => {
    const verification = await parseVerification(FULL, PATH)
    expect(verification).toEqual({
      file: { path: PATH, text: FULL },
      digest: createHash('sha256').update(FULL).digest('hex'),
      env: ['TEST_PASSWORD'],
      target: {
        test: 'http://10.0.0.1:8443',
        production: undefined,
        allow: ['https://auth.example.com']
      },
      checks: {
        required: false,
        requests: [
          {
            name: 'GET /health',
            method: 'GET',
            address: '/health',
            headers: {},
            body: undefined,
            expect: {
              statuses: [200],
              headers: [],
              body: undefined,
              json: [],
              withinMs: undefined
            },
            retries: 0,
            timeoutMs: 10_000
          },
          {
            name: 'list',
            method: 'POST',
            address: '/orders?all=true',
            headers: {
              'content-type': 'application/json',
              accept: 'application/json',
              'x-count': '7'
            },
            body: '{"items":[]}',
            expect: {
              statuses: [400, 422],
              headers: [
                { name: 'content-type', condition: { is: 'contains', text: 'json' } },
                { name: 'x-one', condition: { is: 'equals', text: '1' } }
              ],
              body: { is: 'contains', text: 'items' },
              json: [
                { path: '$.error', condition: { is: 'contains', value: 'items' } },
                { path: '$.code', condition: { is: 'equals', value: 7 } },
                { path: '$.ok', condition: { is: 'exists', wanted: false } },
                { path: '$.list', condition: { is: 'equals', value: [1] } }
              ],
              withinMs: 1500
            },
            retries: 2,
            timeoutMs: 3000
          }
        ]
      },
      flows: [
        {
          name: 'order and pay',
          required: true,
          steps: [
            {
              name: 'log in',
              method: 'POST',
              address: 'https://auth.example.com/login',
              headers: {},
              body: 'password={{env.TEST_PASSWORD}}',
              expect: {
                statuses: [200],
                headers: [],
                body: undefined,
                json: [],
                withinMs: undefined
              },
              retries: 0,
              timeoutMs: 10_000,
              save: [
                { variable: 'token', from: { kind: 'json', path: '$.token' } },
                { variable: 'queue', from: { kind: 'header', name: 'x-queue-token' } }
              ]
            },
            expect.objectContaining({
              name: 'GET /orders/{{ token }}',
              headers: { authorization: 'Bearer {{token}}' },
              save: []
            })
          ]
        }
      ],
      load: undefined,
      availability: undefined
    })
  })

  test('tells all problems at once, each with its place', async () => {
    expect(
      await problemsOf(`
version: 2
env: [not-a-name]
target: { test: ftp://x, allow: ["https://a.example.com/path", "https://me@b.example.com"] }
cheks: {}
checks:
  requests:
    - path: orders
    - path: //evil.example.com/x
    - url: https://evil.example.com/x
    - { path: /a, url: "https://x" }
    - method: FETCH
      path: /a
      headers: { Host: x, "a b": y, z: 7 }
      body: 7
      expect: { status: 99, headers: { a: { is: b } }, body: 7, json: { "a.b": 1, $.x: { above: 1 } }, within: 500, foo: 1 }
      retries: 99
      timeout: 10 hours
    - path: /{{nobody}}/{{env.HOME}}
flows:
  - name: a
    required: perhaps
    steps:
      - { path: "/{{late}}", save: { "1x": $.a, late: "a.b", env: $.a } }
  - { name: a, required: true, steps: [] }
`)
    ).toEqual(
      [
        'version: found 2, wanted a whole number from 1 to 1',
        'env: found "not-a-name", wanted the name of an environment variable',
        'target.test: found "ftp://x", wanted http:// or https://, a host, and a port where it is another than the usual',
        'target.allow: found "https://a.example.com/path", wanted http:// or https://, a host, and a port where it is another than the usual',
        'target.allow: found "https://me@b.example.com", wanted http:// or https://, a host, and a port where it is another than the usual',
        'checks.requests[0].path: found "orders", wanted a path that starts with one /',
        'checks.requests[1].path: found "//evil.example.com/x", wanted a path that starts with one /',
        'checks.requests[2].url: goes to https://evil.example.com, which target.allow does not list',
        'checks.requests[3].path: and url cannot both be there',
        'checks.requests[4].method: found "FETCH", wanted GET or HEAD or POST or PUT or PATCH or DELETE or OPTIONS',
        'checks.requests[4].body: wanted a text, or a mapping or list to be sent as JSON',
        'checks.requests[4].headers.Host: is no header that a request may set',
        'checks.requests[4].headers.a b: is no header that a request may set',
        'checks.requests[4].headers.z: wanted a text in one line',
        'checks.requests[4].expect.status: wanted a status from 100 to 599, or a list of them',
        'checks.requests[4].expect.headers.a: wanted a text, {equals: text} or {contains: text}',
        'checks.requests[4].expect.body: wanted a text, {equals: text} or {contains: text}',
        'checks.requests[4].expect.json.a.b: is no JSON path (RFC 9535), such as $.items[0].name',
        'checks.requests[4].expect.json.$.x: wanted a value, or one of {equals: value}, {contains: value}, {exists: true or false}',
        'checks.requests[4].expect.within: wanted a duration such as 500 ms, 2 s or 1 min',
        'checks.requests[4].expect.foo: is not known, accepted: headers, status, body, json, within',
        'checks.requests[4].retries: found 99, wanted a whole number from 0 to 20',
        'checks.requests[4].timeout: wanted a duration such as 500 ms, 2 s or 1 min',
        'checks.requests[5].{{nobody}}: is saved by no step before this one',
        'checks.requests[5].{{env.HOME}}: is not listed in env; add HOME to it',
        'checks.required: is missing',
        'flows[0].steps[0].{{late}}: is saved by no step before this one',
        'flows[0].steps[0].save.1x: wanted a name of letters, digits, _ and -',
        'flows[0].steps[0].save.late: wanted a JSON path such as $.id, or header:NAME',
        'flows[0].steps[0].save.env: wanted a name of letters, digits, _ and -',
        'flows[0].required: found "perhaps", wanted true or false',
        'flows[1].name: "a" is there twice',
        'flows[1].steps: is empty, wanted at least one',
        'cheks: is not known, accepted: version, env, target, checks, flows, load, availability, metrics, recovery; did you mean checks?'
      ].map((problem) => `${PATH}: ${problem}`)
    )
  })

  test.each([
    'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
    'AWS_SECRET_ACCESS_KEY',
    'GITHUB_TOKEN',
    'GITHUB_ENV',
    'INPUT_ROLE',
    'RUNNER_TEMP',
    'aws_session_token'
  ])('env may not name %s', async (name) => {
    expect(
      await problemsOf(`version: 1\nenv: [${name}]\navailability: { on-breach: report, path: / }`)
    ).toEqual([
      `${PATH}: env: found ${name}, which the runner or AWS's clients use; accepted is any other name but ACTIONS_*, AWS_*, GITHUB_*, INPUT_* and RUNNER_*, so hand the value over by one of your own`
    ])
  })

  test('patterns in JSON paths are refused before anything is asked, wherever they stand', async () => {
    const refused =
      'uses match() or search(), whose patterns can take for ever; accepted are the other functions of RFC 9535, and {equals: value} or {contains: value} for what the path finds'
    expect(
      await problemsOf(`
version: 1
checks:
  required: true
  requests:
    - path: /
      expect:
        json:
          $.a[?match(@.b, '(a+)+b')]: { exists: true }
          $.a[?search(@.b, @.c)]: { exists: true }
          $.a[?has(@.b, 'x')]: { exists: true }
          $.a[?length(@.b) > 2 && count(@.*) < 9]: { exists: true }
flows:
  - name: a
    required: true
    steps:
      - { path: /, save: { x: "$[?!search(@, 'x')]" } }
`)
    ).toEqual([
      `${PATH}: checks.requests[0].expect.json.$.a[?match(@.b, '(a+)+b')]: ${refused}`,
      `${PATH}: checks.requests[0].expect.json.$.a[?search(@.b, @.c)]: ${refused}`,
      `${PATH}: checks.requests[0].expect.json.$.a[?has(@.b, 'x')]: is no JSON path (RFC 9535), such as $.items[0].name`,
      `${PATH}: flows[0].steps[0].save.x: ${refused}`
    ])
  })

  test.each([
    [
      'version: 1',
      [
        `${PATH}: nothing is verified: wanted checks, flows, load, availability, metrics or recovery`
      ]
    ],
    ['', [`${PATH}:1:1: the file is empty, wanted a mapping`]],
    ['x'.repeat(300_000), [`${PATH}: found 300000 bytes, wanted at most 262144`]]
  ])('%.20s', async (text, problems) => {
    expect(await problemsOf(text)).toEqual(problems)
  })

  test('a YAML bomb is refused', async () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]']
    for (let n = 1; n < 9; n++) {
      lines.push(`a${n}: &a${n} [${Array.from({ length: 10 }, () => `*a${n - 1}`).join(', ')}]`)
    }
    expect(await problemsOf(lines.join('\n'))).toEqual([
      expect.stringMatching(/Excessive alias count.*\(at most 100 aliases\)/)
    ])
  })

  test('whatever the document: problems, or a verification, and nothing thrown else', async () => {
    const key = fc.constantFrom(
      ...['version', 'env', 'target', 'checks', 'flows', 'required', 'requests', 'steps', 'name'],
      ...['path', 'url', 'expect', 'json', 'status', 'save', 'headers', 'body', 'within', 'test']
    )
    const { node } = fc.letrec<{ node: unknown }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 5 },
        fc.constantFrom(1, 'x', '/a', '$.a', true, null, 200, '1 s', 'https://a.example.com'),
        fc.array(tie('node'), { maxLength: 3 }),
        fc.dictionary(key, tie('node'), { maxKeys: 6 })
      )
    }))
    await fc.assert(
      fc.asyncProperty(fc.dictionary(key, node, { maxKeys: 6 }), async (document) => {
        await problemsOf(JSON.stringify(document))
      }),
      { numRuns: 1_000 }
    )
  })
})

describe('durations', () => {
  test.each([
    ['500 ms', 500],
    ['2s', 2000],
    ['1.5 s', 1500],
    ['1 min', 60_000],
    ['500', undefined],
    [500, undefined],
    ['1 hour', undefined],
    ['-1 s', undefined],
    ['1e3 ms', undefined]
  ])('%s', (text, ms) => {
    expect(readDuration(text)).toBe(ms)
  })
})

describe('templates', () => {
  test('are filled in one pass: a value is never read as a template', () => {
    const values: Record<string, string> = { a: '{{b}}', b: '2' }
    expect(fill('x{{a}}{{ b }}', (name) => values[name])).toBe('x{{b}}2')
    expect(fill('x{{c}}', (name) => values[name])).toBeUndefined()
    expect(fill('/{{a}}', (name) => values[name], encodeURIComponent)).toBe('/%7B%7Bb%7D%7D')
    expect(namesIn('{{a}} {{ env.B }} {c}')).toEqual(['a', 'env.B'])
  })
})
