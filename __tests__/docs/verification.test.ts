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
  test.each<[object, boolean]>([
    [base, true],
    [{ version: 1 }, false],
    [{ ...base, version: 2 }, false],
    [{ ...base, foo: 1 }, false],
    [{ ...base, env: ['A', 'b_1'] }, true],
    [{ ...base, env: ['a-b'] }, false],
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
    [recovery({ tasks: 2 }), false]
  ])('%j: %s', async (document, is) => {
    const text = JSON.stringify(document)
    expect(isValid(JSON.parse(text))).toBe(is)
    expect(await isParsed(text)).toBe(is)
  })
})
