import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { parse } from 'yaml'
import { parseVerification } from '../../src/verification/file/parse.ts'

const page = readFileSync('docs/verification.md', 'utf8')
const schema = JSON.parse(readFileSync('docs/verification.schema.json', 'utf8')) as object
const isValid = new Ajv2020({ strict: false, allErrors: true }).compile(schema)

function example(name: string): string {
  const pattern = new RegExp(`<!-- start ${name} -->\\n\`\`\`yaml\\n(.*?)\`\`\``, 's')
  const [, text] = pattern.exec(page) ?? []
  if (text === undefined) throw new Error(`no example ${name}`)
  return text
}

async function isParsed(text: string): Promise<boolean> {
  return parseVerification(text, 'v.yml').then(
    () => true,
    () => false
  )
}

describe('docs/verification.md', () => {
  test.each(['smallest', 'everything'])(
    'its example %s is one, for us and for the schema',
    async (name) => {
      expect(await isParsed(example(name))).toBe(true)
      expect([isValid(parse(example(name))), isValid.errors]).toEqual([true, null])
    }
  )

  test('its fullest example has everything that the schema knows', () => {
    const known = membersIn(schema)
    expect(known).toContain('retries')
    const missing = known.filter((key) => !new RegExp(`\\b${key}:`).test(example('everything')))
    expect(missing).toEqual([])
  })
})

/** Names of all members with fixed names, at every depth. */
function membersIn(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return []
  const own = 'properties' in node && typeof node.properties === 'object' ? node.properties : {}
  return [...Object.keys(own ?? {}), ...Object.values(node).flatMap(membersIn)]
}

describe('the schema and the parser agree', () => {
  const base = { version: 1, checks: { required: true, requests: [{ path: '/' }] } }
  const request = (more: object): object => ({
    ...base,
    checks: { required: true, requests: [{ path: '/', ...more }] }
  })
  const flow = (more: object): object => ({
    version: 1,
    flows: [{ name: 'a', required: true, steps: [{ path: '/', ...more }] }]
  })
  const metrics = (more: object): object => ({ version: 1, metrics: { required: true, ...more } })
  const recovery = (more: object): object => ({
    version: 1,
    recovery: { required: true, cluster: 'a', path: '/', within: '2 min', ...more }
  })
  const load = (more: object): object => ({
    version: 1,
    load: { required: true, thresholds: ['p99 < 1 s'], requests: [{ path: '/' }], ...more }
  })
  const limits = (...thresholds: string[]): object => load({ thresholds })
  const availability = (more: object): object => ({
    version: 1,
    availability: { 'on-breach': 'stop', path: '/', ...more }
  })
  test.each<[object, boolean]>([
    [base, true],
    [{ version: 1 }, false],
    [{ ...base, version: 2 }, false],
    [{ ...base, foo: 1 }, false],
    [{ ...base, env: ['A', 'b_1'] }, true],
    [{ ...base, env: ['a-b'] }, false],
    [{ ...base, env: ['AWSOME'] }, true],
    [{ ...base, env: ['AWS_PROFILE'] }, false],
    [{ ...base, env: ['GITHUB_TOKEN'] }, false],
    [{ ...base, target: { test: 'http://a:1', allow: ['https://b'] } }, true],
    [{ ...base, target: { test: 'http://a/b' } }, false],
    [{ ...base, target: { allow: ['https://u@b'] } }, false],
    [{ version: 1, checks: { requests: [{ path: '/' }] } }, false],
    [{ version: 1, checks: { required: true, requests: [] } }, false],
    [request({ method: 'FETCH' }), false],
    [request({ path: 'a' }), false],
    [request({ path: '//a' }), false],
    [request({ url: 'https://a' }), false],
    [request({ retries: 21 }), false],
    [request({ timeout: '5' }), false],
    [request({ body: 7 }), false],
    [request({ body: [1] }), true],
    [request({ headers: { a: 1 } }), false],
    [request({ expect: { status: 99 } }), false],
    [request({ expect: { status: [200, 301] } }), true],
    [request({ expect: { headers: { a: { matches: 'x' } } } }), false],
    [request({ expect: { body: { contains: 'x' } } }), true],
    [request({ expect: { json: { '$.a': { exists: 'yes' } } } }), false],
    [request({ expect: { json: { '$.a': null } } }), true],
    [request({ expect: { within: '1 hour' } }), false],
    [request({ save: { a: '$.a' } }), false],
    [flow({ save: { a: '$.a', b: 'header:x' } }), true],
    [flow({ save: { '1': '$.a' } }), false],
    [flow({ save: { a: 'b' } }), false],
    [{ version: 1, flows: [{ name: 'load', required: true, steps: [{ path: '/' }] }] }, false],
    [metrics({}), true],
    [{ version: 1, metrics: {} }, false],
    [metrics({ for: '5 min' }), true],
    [metrics({ for: 5 }), false],
    [metrics({ alarms: ['a'] }), true],
    [metrics({ alarms: [] }), false],
    [metrics({ limits: ['green target-5xx < 1', ' blue response-time<=0.3 s '] }), true],
    [metrics({ limits: ['target-5xx < 1'] }), false],
    [metrics({ limits: ['red target-5xx < 1'] }), false],
    [metrics({ limits: ['green p99 < 1'] }), false],
    [metrics({ limits: ['green target-5xx == 1'] }), false],
    [metrics({ limits: ['green target-5xx < 1 ms'] }), false],
    [metrics({ limits: ['green response-time < 1'] }), false],
    [metrics({ every: '1 min' }), false],
    [recovery({}), true],
    [recovery({ cluster: undefined }), false],
    [recovery({ cluster: 'arn:aws:ecs:eu-west-1:1:cluster/a' }), false],
    [recovery({ within: undefined }), false],
    [recovery({ within: '2 hours' }), false],
    [recovery({ path: 'x' }), false],
    [recovery({ rate: 201 }), false],
    [recovery({ 'max-failure-rate': '60 %' }), true],
    [recovery({ 'max-failure-rate': 0.6 }), false],
    [recovery({ tasks: 2 }), false],
    [limits('p99 < 500 ms'), true],
    [limits(' avg<=0.2s '), true],
    [limits('failure-rate < 1 %'), true],
    [limits('failure-rate < 100.0 %'), true],
    [limits('failure-rate < 0.01'), true],
    [limits('failure-rate <= 0'), true],
    [limits('rate >= 50 /s'), true],
    [limits('p99 < 500'), false],
    [limits('p99 < 5 %'), false],
    [limits('failure-rate < 5 ms'), false],
    [limits('p99 < 1.2.3 ms'), false],
    [limits('p99 == 5 ms'), false],
    [limits('p98 < 5 ms'), false],
    [limits('rate > 50'), false],
    [limits('failure-rate < 1'), false],
    [limits('failure-rate < 100.1 %'), false],
    [limits('failure-rate < 101 %'), false],
    [limits('p99 < 1234567890 ms'), false],
    [load({ thresholds: [] }), false],
    [load({ script: 'x.js' }), true],
    [load({ script: 'a/..b/x.js' }), true],
    [load({ script: './a b.js' }), true],
    [load({ script: '../x.js' }), false],
    [load({ script: 'a/../x.js' }), false],
    [load({ script: 'a/..' }), false],
    [load({ script: '/x.js' }), false],
    [load({ script: '~/x.js' }), false],
    [load({ script: 'C:/x.js' }), false],
    [load({ script: 'a\\x.js' }), false],
    [load({ script: 'a\nx.js' }), false],
    [load({ script: ' ' }), false],
    [load({ script: 'x.js', requests: undefined, arguments: ['--out', 'cloud'] }), true],
    [load({ arguments: ['--vus'] }), false],
    [load({ script: 'x.js', arguments: [' '] }), false],
    [load({ requests: undefined }), false],
    [load({ duration: '1 s' }), true],
    [load({ duration: '1000 ms' }), true],
    [load({ duration: '999999 ms' }), true],
    [load({ duration: '3600 s' }), true],
    [load({ duration: '3599.9 s' }), true],
    [load({ duration: '60 min' }), true],
    [load({ duration: '60.0min' }), true],
    [load({ duration: '59.9 min' }), true],
    [load({ duration: '0.017 min' }), true],
    [load({ duration: '0.02 min' }), true],
    [load({ duration: '000010 s' }), true],
    [load({ duration: '90 min' }), false],
    [load({ duration: '60.1 min' }), false],
    [load({ duration: '3600.1 s' }), false],
    [load({ duration: '999 ms' }), false],
    [load({ duration: '0.9 s' }), false],
    [load({ duration: '0.016 min' }), false],
    [load({ duration: '0.01 min' }), false],
    [load({ duration: '0 min' }), false],
    [load({ duration: '1000000 ms' }), false],
    [load({ duration: '0000010 s' }), false],
    [load({ duration: '.5 min' }), false],
    [load({ duration: '10' }), false],
    [load({ connections: 1001 }), false],
    [load({ requests: [{ path: 'a' }] }), false],
    [load({ requests: [{ path: '//a' }] }), false],
    [load({ requests: [{ path: '/a b' }] }), false],
    [load({ requests: [{ path: '/a#b' }] }), false],
    [load({ requests: [{ path: '/{{a b' }] }), false],
    [load({ requests: [{ path: '/a{b}' }] }), true],
    [load({ requests: [{ path: '/', headers: { a: 'x' } }] }), true],
    [load({ requests: [{ path: '/', headers: { 'a b': 'x' } }] }), false],
    [load({ requests: [{ path: '/', headers: { a: 'x\ny' } }] }), false],
    [load({ requests: [{ path: '/', retries: 1 }] }), false],
    [availability({}), true],
    [availability({ 'on-breach': 'no' }), false],
    [availability({ path: undefined }), false],
    [availability({ path: '/a?b={c}' }), true],
    [availability({ path: '/a b' }), false],
    [availability({ path: '/a#b' }), false],
    [availability({ path: '//a' }), false],
    [availability({ path: 'a' }), false],
    [availability({ path: '/a\\b' }), false],
    [availability({ 'max-failure-rate': '100 %' }), true],
    [availability({ 'max-failure-rate': '0.5 %' }), true],
    [availability({ 'max-failure-rate': '099.9%' }), true],
    [availability({ 'max-failure-rate': '100.0 %' }), true],
    [availability({ 'max-failure-rate': '101 %' }), false],
    [availability({ 'max-failure-rate': '100.1 %' }), false],
    [availability({ 'max-failure-rate': '1' }), false],
    [availability({ 'max-failure-rate': '0001 %' }), false],
    [availability({ timeout: '60 s' }), true],
    [availability({ timeout: '60000 ms' }), true],
    [availability({ timeout: '1 min' }), true],
    [availability({ timeout: '0.5 min' }), true],
    [availability({ timeout: '0.1 ms' }), true],
    [availability({ timeout: '59.9 s' }), true],
    [availability({ timeout: '61 s' }), false],
    [availability({ timeout: '60.1 s' }), false],
    [availability({ timeout: '60001 ms' }), false],
    [availability({ timeout: '1.1 min' }), false],
    [availability({ timeout: '2 min' }), false],
    [availability({ timeout: '0 s' }), false],
    [availability({ timeout: '0.0 min' }), false],
    [availability({ timeout: ' min' }), false],
    [availability({ 'max-p99': '500 ms' }), true],
    [availability({ 'max-p99': ' 0.5 s ' }), true],
    [availability({ 'max-p99': '100 min' }), true],
    [availability({ 'max-p99': '0 ms' }), false],
    [availability({ 'max-p99': '0.00 s' }), false],
    [availability({ 'max-p99': '5' }), false],
    [availability({ 'version-header': ' ' }), false],
    [availability({ rate: 201 }), false],
    [recovery({ path: '/a b' }), false],
    [recovery({ timeout: '61 s' }), false],
    [recovery({ 'max-failure-rate': '101 %' }), false]
  ])('%j: %s', async (document, is) => {
    const text = JSON.stringify(document)
    expect(isValid(JSON.parse(text))).toBe(is)
    expect(await isParsed(text)).toBe(is)
  })

  // Not worth a pattern, or beyond one: what a place may name depends on other
  // members, and JSON Schema knows letters in one case only.
  test.each<[string, object, boolean]>([
    ['a variable that env does not list', load({ requests: [{ path: '/{{env.A}}' }] }), false],
    [
      'a header of the connection',
      load({ requests: [{ path: '/', headers: { Host: 'a' } }] }),
      false
    ],
    ['a key in another case', availability({ Rate: 5 }), true],
    ['digits in quotes', availability({ rate: '5' }), true],
    ['null for absent', availability({ rate: null }), true],
    ['an empty list beside a script', load({ script: 'x.js', requests: [] }), true]
  ])('but for %s', async (_, document, isTaken) => {
    const text = JSON.stringify(document)
    expect(await isParsed(text)).toBe(isTaken)
    expect(isValid(JSON.parse(text))).toBe(!isTaken)
  })
})
