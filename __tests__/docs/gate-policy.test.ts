import { describe, expect, test } from '@jest/globals'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { parsePolicy, PolicyError } from '../../src/gate/policy/parse.ts'
import { BREAK_GLASS_REFUSALS } from '../../src/ledger/gate-facts.ts'
import { FULL, SMALLEST } from '../gate/policy/documents.ts'

const page = readFileSync('docs/gate-policy.md', 'utf8')
const schema = JSON.parse(readFileSync('docs/gate-policy.schema.json', 'utf8')) as Node
const validate = new Ajv2020({ allErrors: true, strict: false }).compile(schema)

interface Node {
  readonly properties?: Readonly<Record<string, Node>>
  readonly additionalProperties?: boolean | Node
  readonly items?: Node
  readonly $ref?: string
  readonly $defs?: Readonly<Record<string, Node>>
  readonly description?: string
}

async function problemsOf(document: unknown): Promise<readonly string[]> {
  try {
    await parsePolicy(typeof document === 'string' ? document : JSON.stringify(document))
    return []
  } catch (error) {
    if (error instanceof PolicyError) return error.problems
    throw error
  }
}

const examples = [...page.matchAll(/<!-- start \w+ -->\n```yaml\n([^]*?)```/g)].map(
  ([, text = '']) => text
)

describe('docs/gate-policy.md', () => {
  test('has two examples, and both are valid', async () => {
    expect(examples).toHaveLength(2)
    for (const text of examples) {
      expect(await problemsOf(text)).toEqual([])
      expect(validate(parse(text))).toBe(true)
    }
  })

  test('has every reason for which a rollback waits for a person, once', () => {
    const [, table = ''] = /<!-- start refusals -->([^]*?)<!-- end refusals -->/.exec(page) ?? []
    const named = [...table.matchAll(/`([a-z-]+)`/g)].map(([, why]) => why)
    expect(named.sort()).toEqual([...BREAK_GLASS_REFUSALS].sort())
  })

  test('speaks of every member there is', () => {
    const names = Object.keys(schema.properties ?? {}).filter((name) => name !== 'version')
    expect(names.filter((name) => !page.includes(name))).toEqual([])
  })
})

/** Every mapping of the format with fixed members: where it is, and their names. */
function mappings(
  node: Node,
  path: readonly (string | number)[]
): [readonly (string | number)[], string[]][] {
  const target = node.$ref === undefined ? node : schema.$defs?.[node.$ref.slice('#/$defs/'.length)]
  if (!target) throw new Error(`${String(node.$ref)} leads nowhere`)
  const own: [readonly (string | number)[], string[]][] = target.properties
    ? [[path, Object.keys(target.properties)]]
    : []
  const inner = Object.entries(target.properties ?? {}).flatMap(([name, member]) =>
    mappings(member, [...path, name])
  )
  const items = target.items ? mappings(target.items, [...path, 0]) : []
  const others =
    typeof target.additionalProperties === 'object'
      ? mappings(target.additionalProperties, [...path, 'shop/order-*'])
      : []
  return [...own, ...inner, ...items, ...others]
}

describe('docs/gate-policy.schema.json', () => {
  test.each(
    mappings(schema, []).map(
      ([path, names]) => [path.join('.') || 'the document', path, names] as const
    )
  )('%s has the members that the parser knows', async (_, path, names) => {
    const document: unknown = parse(FULL)
    let place = document
    for (const [index, step] of path.entries()) {
      if (typeof place !== 'object' || place === null) throw new Error('no such place')
      if (!Reflect.has(place, step)) Reflect.set(place, step, path[index + 1] === 0 ? [] : {})
      place = Reflect.get(place, step) as unknown
    }
    Reflect.set(place as object, 'zzzzzzzzzzzz', 1)
    const problem = (await problemsOf(document)).find((each) => each.includes('zzzzzzzzzzzz'))
    const accepted = /accepted: ([^;]*)/.exec(problem ?? '')?.[1]?.split(', ') ?? []
    // A window is of one of two kinds; the parser names the members of the kind it has before it.
    const known = path.includes('freeze')
      ? names.filter((name) => accepted.includes(name) || !['days', 'time-zone'].includes(name))
      : names
    expect(accepted.sort()).toEqual([...known].sort())
  })

  test('what the parser takes, the schema takes', async () => {
    const documents = [SMALLEST, FULL].map((text): unknown => parse(text))
    const value = fc.constantFrom<unknown>(
      null,
      '',
      'x',
      0,
      1,
      2,
      true,
      [],
      {},
      ['U0ANN'],
      ['S0OPS'],
      'U0ANN',
      'ko',
      'allowed',
      'forbidden',
      { users: ['U0ANN'] }
    )
    let accepted = 0
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...documents),
        fc.array(fc.tuple(fc.nat(), value, fc.boolean()), { minLength: 1, maxLength: 3 }),
        async (original, changes) => {
          const document = structuredClone(original)
          for (const [pick, replacement, remove] of changes) {
            const places = placesIn(document)
            const place = places[pick % places.length]
            if (!place) continue
            const [owner, name] = place
            if (remove && !Array.isArray(owner)) Reflect.deleteProperty(owner, name)
            else Reflect.set(owner, name, structuredClone(replacement))
          }
          if ((await problemsOf(document)).length > 0) return
          accepted++
          // Nothing given is as good as nothing: the parser takes a null for what is absent.
          expect([validate(withoutNulls(document)), validate.errors]).toEqual([true, null])
        }
      ),
      { numRuns: 3_000 }
    )
    expect(accepted).toBeGreaterThan(100)
  })

  test.each([
    ['an unknown member', { qorum: 2 }],
    ['no language', { language: undefined }],
    ['a name for an id', { approvers: { users: ['@ann'] } }],
    ['nobody', { approvers: {} }],
    ['no word on self-approval', { 'self-approval': undefined }],
    ['a quorum of none', { quorum: 0 }],
    [
      'a weekday without its zone',
      { freeze: [{ name: 'x', from: '10:00', until: '11:00', days: ['mon'] }] }
    ]
  ])('refuses %s, as the parser does', async (_, change) => {
    const document = JSON.parse(
      JSON.stringify({ ...(parse(SMALLEST) as object), ...change })
    ) as unknown
    expect(validate(document)).toBe(false)
    expect(await problemsOf(document)).not.toEqual([])
  })
})

/** Every member of every mapping and list in it. */
function placesIn(value: unknown): [object, string][] {
  if (typeof value !== 'object' || value === null) return []
  return Object.keys(value).flatMap(
    (name) => [[value, name], ...placesIn(Reflect.get(value, name))] as [object, string][]
  )
}

function withoutNulls(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(withoutNulls)
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== null)
      .map(([name, member]) => [name, withoutNulls(member)])
  )
}
