import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { readAction } from '../../scripts/action-yml.ts'
import { withInputs, withOutputs } from '../../scripts/generate-docs.ts'
import { parseInputs, variableOf } from '../../src/action/inputs/parse.ts'
import { IGNORED_INPUTS, INPUTS, KNOWN_NAMES } from '../../src/action/inputs/table.ts'
import { OUTPUTS } from '../../src/action/outputs.ts'
import { InputError } from '../../src/action/inputs/problems.ts'
import { DEPLOY_INPUTS, RENDER_INPUTS } from './official-inputs.ts'
import { SAMPLES } from './official-samples.ts'

const text = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
const actionText = text('action.yml')
const action = readAction(actionText)
const names = action.inputs.map(({ name }) => name)

describe('action.yml', () => {
  it('runs one bundle for both phases', () => {
    expect(action.runs).toEqual({
      using: 'node24',
      main: 'dist/index.js',
      post: 'dist/index.js',
      'post-if': 'always()'
    })
  })

  it('declares the inputs that are parsed, and no others', () => {
    expect([...names].sort()).toEqual([...KNOWN_NAMES].sort())
    expect(new Set(KNOWN_NAMES).size).toBe(KNOWN_NAMES.length)
  })

  it('has the defaults and the requirements that parsing has', () => {
    const declared = action.inputs
      .filter(({ name }) => !(name in IGNORED_INPUTS))
      .map(({ name, required, default: fallback }) => ({ name, required, fallback }))
    const parsed = Object.values(INPUTS).map((input) => ({
      name: input.name,
      required: false,
      fallback: 'default' in input ? input.default : undefined
    }))
    const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name)
    expect(declared.sort(byName)).toEqual(parsed.sort(byName))
  })

  it('has defaults that mean what an absent input means', () => {
    const service: Record<string, string> = { [variableOf('service')]: 'shop' }
    const env: Record<string, string> = {}
    for (const { name, default: value = '' } of action.inputs) env[variableOf(name)] = value
    const declared = parseInputs({ ...env, ...service })
    expect(declared).toEqual(parseInputs(service))
    expect(declared.warnings).toEqual([])
  })

  it('says of ignored inputs, and only of them, that they are ignored', () => {
    const ignored = action.inputs.filter(({ description }) => description.startsWith('Ignored'))
    expect(ignored.map(({ name }) => name).sort()).toEqual(Object.keys(IGNORED_INPUTS).sort())
  })

  it('declares the outputs that are written', () => {
    expect(action.outputs.map(({ name }) => name)).toEqual([...OUTPUTS])
  })

  it.each([...DEPLOY_INPUTS, ...RENDER_INPUTS])('accepts the official %s', (name) => {
    expect(names).toContain(name)
  })
})

describe.each([
  ['docs/inputs.md', withInputs, 'inputs'],
  ['docs/outputs.md', withOutputs, 'outputs']
] as const)('%s', (path, current, block) => {
  const page = text(path)

  it('is in step with action.yml', () => {
    expect(current(page, action)).toBe(page)
  })

  it('would not be after a change', () => {
    const changed = readAction(
      actionText.replace('default: leave', 'default: stop').replace('The deployment in', 'It in')
    )
    expect(current(page, changed)).not.toBe(page)
  })

  it.each(['', `<!-- start ${block} -->`, `<!-- end ${block} --><!-- start ${block} -->`])(
    'cannot lose its markers unnoticed: %j',
    (broken) => {
      expect(() => current(broken, action)).toThrow('has no block')
    }
  )
})

describe('docs/moving-over.md', () => {
  const [, deploy = '', render = ''] = text('docs/moving-over.md').split(/^## Inputs of /m)
  const rows = (section: string) =>
    [...section.matchAll(/^\| `([^`]+)` \|/gm)].map(([, name = '']) => name)

  it('has a row for each input of the official actions', () => {
    expect(rows(deploy).sort()).toEqual([...DEPLOY_INPUTS].sort())
    expect(rows(render.split('## Outputs')[0] ?? '').sort()).toEqual([...RENDER_INPUTS].sort())
  })

  const said = [...`${deploy}${render}`.matchAll(/^\| `([^`]+)` \| (used|refused|ignored) \|/gm)]

  it('says of each whether it is used, refused or ignored', () => {
    const inputs = said.map(([, name]) => name)
    expect(inputs.sort()).toEqual([...DEPLOY_INPUTS, ...RENDER_INPUTS].sort())
  })

  it.each(said.map(([, name = '', trafficResult = '']) => [name, trafficResult] as const))(
    'tells the truth about %s: it is %s',
    (name, trafficResult) => {
      const { value, beside = {} } = SAMPLES[name] ?? { value: '' }
      const without = { service: 'shop', ...beside }
      const given = { ...without, [name]: value }
      expect(FATES.get(trafficResult)?.(without, given, name)).toBe(true)
    }
  )
})

type Inputs = Readonly<Record<string, string>>

function parsed(inputs: Inputs) {
  const env: Record<string, string> = {}
  for (const [name, value] of Object.entries(inputs)) env[variableOf(name)] = value
  return parseInputs(env)
}

function heeded(without: Inputs, given: Inputs): boolean {
  const [before, after] = [parsed(without), parsed(given)].map(({ settings }) => settings)
  return JSON.stringify(before) !== JSON.stringify(after)
}

function refused(without: Inputs, given: Inputs, name: string): boolean {
  parsed(without)
  try {
    parsed(given)
  } catch (error) {
    return error instanceof InputError && error.problems.every(({ input }) => input === name)
  }
  return false
}

function onlyWarnedAbout(without: Inputs, given: Inputs, name: string): boolean {
  const warned = parsed(given).warnings.filter((line) => line.startsWith(`\`${name}\` is ignored`))
  return warned.length === 1 && !heeded(without, given)
}

const FATES = new Map([
  ['used', heeded],
  ['refused', refused],
  ['ignored', onlyWarnedAbout]
])

describe('readAction', () => {
  const minimal = (more: string) =>
    `name: a\ndescription: b\nruns: { using: node24, main: x.js }\n${more}`

  it('accepts the least there may be', () => {
    expect(readAction(minimal('')).inputs).toEqual([])
  })

  it.each([
    ['an unknown key', 'input: {}', 'unknown key'],
    ['an unknown input key', 'inputs: { a: { description: x, requird: true } }', 'unknown key'],
    ['an input without a description', 'inputs: { a: { required: false } }', 'no description'],
    ['an empty description', 'inputs: { a: { description: " " } }', 'empty description'],
    ['a text for a boolean', 'inputs: { a: { description: x, required: "yes" } }', 'not a boolean'],
    ['a boolean for a text', 'inputs: { a: { description: x, default: true } }', 'not a string'],
    ['an expression', 'inputs: { a: { description: "x ${{ github.token }}" } }', 'an expression'],
    ['a name with a blank', 'inputs: { a b: { description: x } }', 'no usable name'],
    ['two inputs of a name', 'inputs: { a: { description: x }, a: { description: y } }', 'unique'],
    ['an unknown colour', 'branding: { icon: cloud, color: pink }', 'color'],
    ['an output value', 'outputs: { a: { description: x, value: y } }', 'unknown key']
  ])('refuses %s', (_, more, message) => {
    expect(() => readAction(minimal(more))).toThrow(message)
  })

  it('accepts an expression as a default', () => {
    const token = '${{ github.token }}'
    const [input] = readAction(
      minimal(`inputs: { a: { description: x, default: "${token}" } }`)
    ).inputs
    expect(input?.default).toBe(token)
  })

  it('refuses a runtime that is no longer there', () => {
    expect(() => readAction(minimal('').replace('node24', 'node20'))).toThrow('using')
  })
})
