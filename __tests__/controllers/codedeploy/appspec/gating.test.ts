import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { stringify } from 'yaml'
import { gatingOf } from '../../../../src/controllers/codedeploy/appspec/gating.ts'
import { injectGate } from '../../../../src/controllers/codedeploy/appspec/hooks.ts'
import { parseAppSpec } from '../../../../src/controllers/codedeploy/appspec/parse.ts'
import { withTaskDefinition } from '../../../../src/controllers/codedeploy/appspec/pin.ts'
import { serialise } from '../../../../src/controllers/codedeploy/appspec/serialise.ts'
import { parseDocument } from '../../../../src/documents/parse.ts'
import { appSpec } from './arbitrary.ts'
import { atGate, READERS } from './readers.ts'

const GATE = 'arn:aws:lambda:eu-central-1:123456789012:function:CodeDeployHook_gate'
const OTHER = 'arn:aws:lambda:eu-central-1:123456789012:function:other'
const REVISION = 'arn:aws:ecs:eu-central-1:123456789012:task-definition/orders:2'

/** As AWS's user guide writes one. */
const YAML = `version: 0.0
Resources:
  - TargetService:
      Type: AWS::ECS::Service
      Properties:
        TaskDefinition: "${REVISION}"
        LoadBalancerInfo:
          ContainerName: "app"
          ContainerPort: 80
# Optional properties
        PlatformVersion: "LATEST"
        NetworkConfiguration:
          AwsvpcConfiguration:
            Subnets: ["subnet-1","subnet-n"]
            SecurityGroups: ["sg-1"]
            AssignPublicIp: "ENABLED"
        CapacityProviderStrategy:
          - Base: 1
            CapacityProvider: "FARGATE_SPOT"
            Weight: 2
Hooks:
  - BeforeInstall: "check"
  - BeforeAllowTraffic: ${GATE}
`

function json(hooks: unknown = [{ BeforeAllowTraffic: GATE }], more: object = {}): string {
  const Properties = {
    TaskDefinition: REVISION,
    LoadBalancerInfo: { ContainerName: 'app', ContainerPort: 80 }
  }
  const Resources = [{ TargetService: { Type: 'AWS::ECS::Service', Properties } }]
  return JSON.stringify({ version: '0.0', Resources, Hooks: hooks, ...more }, null, '\t')
}

const swap = (from: string, to: string): string => {
  expect(YAML).toContain(from)
  return YAML.replace(from, to)
}

describe('an AppSpec is gated', () => {
  it.each<[string, string]>([
    ['in YAML', YAML],
    ['in JSON, with tabs', json()],
    ['with the version as a JSON number', json().replace('"0.0"', '0.0')],
    ["with the version as AWS's own action sends it", json().replace('"0.0"', '0')],
    ['with the version as text', swap('0.0', '"0.0"')],
    ['with lines of Windows', YAML.replaceAll('\n', '\r\n')],
    ['after ---', `---\n${YAML}`],
    ['with comments in any language', `# 배포\n${YAML}`],
    [
      'with the hooks in another order',
      swap('  - BeforeInstall: "check"\n', '').concat('  - BeforeInstall: check\n')
    ],
    ['by the name of the function', swap(GATE, 'CodeDeployHook_gate')],
    ['by an ARN without its region', swap(GATE, '123456789012:function:CodeDeployHook_gate')],
    ['by its latest version', swap(GATE, `"${GATE}:$LATEST"`)]
  ])('%s', async (_, text) => {
    expect(await gatingOf(text, GATE)).toEqual({ gated: true })
    for (const [reader, read] of Object.entries(READERS)) {
      expect([reader, atGate(read(text))?.length]).toEqual([reader, 1])
    }
  })

  it('with any function, where nobody says which is the gate', async () => {
    expect(await gatingOf(swap(GATE, OTHER), undefined)).toEqual({ gated: true })
    expect(await gatingOf(json([]), undefined)).toMatchObject({ gated: false })
  })
})

describe('an AppSpec is not gated', () => {
  const hook = `  - BeforeAllowTraffic: ${GATE}\n`
  it.each<[string, string | undefined, string, string | undefined]>([
    ['that CodeDeploy does not show', undefined, 'unreadable', undefined],
    ['that is empty', '', 'unreadable', undefined],
    ['that is a list', `- ${YAML.replaceAll('\n', '\n  ')}`, 'unreadable', undefined],
    ['that ends early', json().slice(0, -1), 'unreadable', undefined],
    ['of two documents', `${YAML}---\n${YAML}`, 'unreadable', undefined],
    ['of an empty document and another', `---\n---\n${YAML}`, 'unreadable', undefined],
    ['in YAML between braces', '{version: 0.0}', 'unreadable', undefined],

    ['after a byte order mark', `\uFEFF${YAML}`, 'characters', 'U+FEFF'],
    ['with NEL in a comment', `# a\u0085${YAML}`, 'characters', 'U+0085'],
    ['with LS in a comment', `# a\u2028${YAML}`, 'characters', 'U+2028'],
    ['with PS in a text', swap('"check"', '"che\u2029ck"'), 'characters', 'U+2029'],
    ['with a lone carriage return', YAML.replaceAll('\n', '\r'), 'characters', 'U+000D'],
    ['with a tab in YAML', swap('Base: 1', 'Base:\t1'), 'characters', 'U+0009'],
    ['with a control character', swap('check', 'che\u0007ck'), 'characters', 'U+0007'],
    ['with half a character', swap('check', 'che\ud800ck'), 'characters', 'U+D800'],

    ['with an anchor', swap('"check"', '&c check'), 'construct', '&c'],
    ['with an alias', swap(GATE, '*c'), 'construct', '*c'],
    [
      'with a merge key',
      swap(hook, `  - <<: {BeforeAllowTraffic: "${GATE}"}\n`),
      'readings',
      'YAML 1.1, YAML 1.2'
    ],
    ['with a tag', swap(GATE, `!!str ${GATE}`), 'construct', '!!str'],
    ['with a tag of its own', swap(GATE, `!Sub ${GATE}`), 'construct', '!Sub'],
    ['with the tag that says nothing', swap(GATE, `! ${GATE}`), 'construct', '!'],
    ['with a directive', `%YAML 1.1\n---\n${YAML}`, 'construct', '%YAML 1.1'],
    ['with a tag directive', `%TAG ! tag:x,2000:\n---\n${YAML}`, 'construct', '%TAG ! tag:x,2000:'],
    ['with a complex key', swap('Hooks:\n', '? Hooks\n:\n'), 'construct', '?'],
    ['with a key that is a list', `${YAML}[a]: b\n`, 'unreadable', undefined],
    ['with a text in a block', swap(GATE, `>-\n      ${GATE}`), 'construct', '>-'],
    [
      'with a text over two lines',
      swap('"check"', '"che\n      ck"'),
      'construct',
      '"che\n      ck"'
    ],
    ['with the end of a document', `${YAML}...\n`, 'construct', '...'],
    ['with a truth value of YAML 1.1', swap('"check"', 'yes'), 'readings', 'YAML 1.1, YAML 1.2'],
    ['with a time of YAML 1.1', swap('"check"', '2026-01-01'), 'readings', 'YAML 1.1, YAML 1.2'],

    ['with a key twice', `${YAML}Hooks: []\n`, 'key-twice', 'Hooks: []'],
    ['with a key twice in JSON', json().replace('{', '{"Hooks": [],'), 'key-twice', '"Hooks": ['],
    [
      'with an event twice in an entry',
      swap(hook, `${hook}    BeforeAllowTraffic: ${OTHER}\n`),
      'key-twice',
      `BeforeAllowTraffic: ${OTHER}`
    ],
    [
      'with an event in two entries',
      `${YAML}  - BeforeAllowTraffic: ${OTHER}\n`,
      'event-twice',
      'BeforeAllowTraffic'
    ],
    ['with the gate in two entries', `${YAML}${hook}`, 'event-twice', 'BeforeAllowTraffic'],
    ['with another event twice', `${YAML}  - BeforeInstall: a\n`, 'event-twice', 'BeforeInstall'],

    ['with the Kelvin sign in Hooks', swap('Hooks', 'Hoo\u212As'), 'unknown-key', 'Hoo<U+212A>s'],
    [
      'with the Kelvin sign, and Hooks too',
      `${YAML}Hoo\u212As: []\n`,
      'unknown-key',
      'Hoo<U+212A>s'
    ],
    ['with another case', swap('Hooks', 'HOOKS'), 'unknown-key', 'HOOKS'],
    ['with small letters, as for Lambda', swap('Hooks', 'hooks'), 'unknown-key', 'hooks'],
    ['with another case besides', `${YAML}hooks: []\n`, 'unknown-key', 'hooks'],
    [
      'with a no-break space in a key',
      swap('Hooks:', 'Hooks\u00a0:'),
      'unknown-key',
      'Hooks<U+00A0>'
    ],
    ['with a prototype', `${YAML}__proto__: {Hooks: []}\n`, 'unknown-key', '__proto__'],
    [
      'with a prototype in JSON',
      json().replace('{', '{"__proto__": {"Hooks": []},'),
      'unknown-key',
      '__proto__'
    ],
    [
      'with a constructor',
      swap('Base: 1', 'constructor: 1'),
      'unknown-key',
      'Resources[0].TargetService.Properties.CapacityProviderStrategy[0].constructor'
    ],
    ['with members of EC2', `${YAML}os: linux\n`, 'unknown-key', 'os'],
    [
      'with an event that nobody can hook',
      swap('BeforeAllowTraffic', 'AllowTraffic'),
      'unknown-key',
      'Hooks[1].AllowTraffic'
    ],
    [
      'with an event in another case',
      swap('BeforeAllowTraffic', 'beforeAllowTraffic'),
      'unknown-key',
      'Hooks[1].beforeAllowTraffic'
    ],
    [
      'with a resource of another name',
      swap('TargetService', 'Service'),
      'unknown-key',
      'Resources[0].Service'
    ],

    ['of version -0.0', swap('0.0', '-0.0'), 'value', 'version'],
    ['of version 1.0', swap('0.0', '1.0'), 'value', 'version'],
    ['without a version', swap('version: 0.0\n', ''), 'value', 'version'],
    ['without a resource', json(undefined, { Resources: [] }), 'value', 'Resources'],
    ['of two resources', json(undefined, { Resources: [{}, {}] }), 'value', 'Resources'],
    [
      'of another type',
      swap('ECS::Service', 'Lambda::Function'),
      'value',
      'Resources[0].TargetService.Type'
    ],
    [
      'with a port in quotes',
      swap('80', '"80"'),
      'value',
      'Resources[0].TargetService.Properties.LoadBalancerInfo.ContainerPort'
    ],
    [
      'with a number for a text',
      swap('"LATEST"', '1.4'),
      'value',
      'Resources[0].TargetService.Properties.PlatformVersion'
    ],
    ['with a mapping for the hooks', json({ BeforeAllowTraffic: GATE }), 'value', 'Hooks'],
    ['with nothing for the hooks', json(null), 'value', 'Hooks'],
    ['with an empty list of hooks', json([]), 'value', 'Hooks'],
    [
      'with two events in one entry',
      json([{ BeforeInstall: 'f', BeforeAllowTraffic: GATE }]),
      'value',
      'Hooks[0]'
    ],
    ['with an entry of no event', json([{ BeforeAllowTraffic: GATE }, {}]), 'value', 'Hooks[1]'],
    [
      'with the gate in a list',
      json([{ BeforeAllowTraffic: [GATE] }]),
      'value',
      'Hooks[0].BeforeAllowTraffic'
    ],
    [
      'with a number for the gate',
      json([{ BeforeAllowTraffic: 1 }]),
      'value',
      'Hooks[0].BeforeAllowTraffic'
    ],

    ['without a hook', swap(hook, ''), 'no-hook', undefined],
    ['without any hook', YAML.slice(0, YAML.indexOf('Hooks')), 'no-hook', undefined],
    [
      'with the gate after the traffic',
      swap('BeforeAllowTraffic', 'AfterAllowTraffic'),
      'no-hook',
      undefined
    ],
    [
      'with the gate where a test listener would be needed',
      swap('BeforeAllowTraffic', 'AfterAllowTestTraffic'),
      'no-hook',
      undefined
    ],
    ['with another function', swap(GATE, OTHER), 'other-function', OTHER],
    ['with another version of it', swap(GATE, `${GATE}:3`), 'other-function', `${GATE}:3`],
    [
      'with more behind its name',
      swap(GATE, 'CodeDeployHook_gate:$LATEST:x'),
      'other-function',
      'CodeDeployHook_gate:$LATEST:x'
    ],
    ['with a space behind its name', swap(GATE, `"${GATE} "`), 'other-function', `${GATE} `]
  ])('%s', async (_, text, why, found) => {
    expect(await gatingOf(text, GATE)).toEqual({
      gated: false,
      why,
      ...(found === undefined ? {} : { found })
    })
  })
})

/** Pieces that readers of YAML and JSON are known to disagree about, and what leads away from the gate. */
const PIECES = [
  ...'\t\r\n\u0085\u2028\u2029\uFEFF\u00a0\u212A:,[]{}&*!|>%@`?-#"\'\\ 0.yn~<=_'.split(/(?:)/u),
  '&a ',
  '*a',
  '!!str ',
  '<<: *a\n',
  '---\n',
  '...\n',
  '%YAML 1.1\n',
  '? ',
  ' #',
  'Hooks: []\n',
  'hooks: []\n',
  '\nHooks:\n',
  '"Hooks": [], ',
  `  - BeforeAllowTraffic: ${OTHER}\n`,
  `{"BeforeAllowTraffic": "${OTHER}"},`,
  '"\\u0048ooks": [], ',
  '__proto__: {}\n',
  'yes',
  'null'
]

type Edit = readonly [at: number, remove: number, piece: string]

function edited(text: string, edits: readonly Edit[]): string {
  return edits.reduce((before, [at, remove, piece]) => {
    const place = Math.floor(at * (before.length + 1))
    return before.slice(0, place) + piece + before.slice(place + remove)
  }, text)
}

const edit: fc.Arbitrary<Edit> = fc.tuple(
  fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 0, max: 12 })),
  fc.oneof(fc.constantFrom(...PIECES), fc.constant(''), fc.string({ maxLength: 3 }))
)

describe('a gated AppSpec that somebody has changed', () => {
  it('counts as gated only where every reader still finds the gate, and nothing else, in its place', async () => {
    let gated = 0
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(YAML, json()),
        fc.array(edit, { minLength: 1, maxLength: 3 }),
        async (text, edits) => {
          const changed = edited(text, edits)
          if (!(await gatingOf(changed, GATE)).gated) return
          gated++
          for (const [reader, read] of Object.entries(READERS)) {
            expect([reader, atGate(read(changed))]).toEqual([reader, [GATE]])
          }
        }
      ),
      { numRuns: 1_000 }
    )
    // Changes of a comment or a blank leave it gated: the property has been tried.
    expect(gated).toBeGreaterThan(10)
  })
})

/** Keys as a team may write them. */
const spelling = fc.constantFrom(
  (key: string) => key,
  (key: string) => key.toLowerCase(),
  (key: string) => key.toUpperCase()
)

function renamed(value: unknown, change: (key: string) => string): unknown {
  if (Array.isArray(value)) return value.map((element) => renamed(element, change))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [change(key), renamed(member, change)])
  )
}

describe('what the action sends', () => {
  it('is gated whatever file it comes from, once the gate is in it', async () => {
    await fc.assert(
      fc.asyncProperty(appSpec, spelling, fc.boolean(), async (value, change, isJson) => {
        const open = {
          ...value,
          hooks: value.hooks.filter(({ event }) => event !== 'BeforeAllowTraffic')
        }
        const written: unknown = renamed(JSON.parse(serialise(open)), change)
        const file = isJson ? JSON.stringify(written) : stringify(written)
        const read = parseAppSpec(
          await parseDocument(file, isJson ? 'appspec.json' : 'appspec.yaml')
        )
        const sent = serialise(withTaskDefinition(injectGate(read, GATE), REVISION))
        expect([sent, await gatingOf(sent, GATE)]).toEqual([sent, { gated: true }])
        expect(sent).toMatch(/^[\n -~]*$/)
      })
    )
  })

  it.each([
    ['an alias', 'BeforeAllowTraffic: *gate'],
    ['a merge key', '<<: { BeforeAllowTraffic: *gate }']
  ])('is plain where the file has %s', async (_, hook) => {
    const file = `version: 0.0
resources:
  - TargetService:
      Type: AWS::ECS::Service
      Properties:
        TaskDefinition: "<TASK_DEFINITION>"
        LoadBalancerInfo: { ContainerName: app, ContainerPort: 80 }
hooks:
  - AfterInstall: &gate ${GATE}
  - ${hook}
`
    const read = parseAppSpec(await parseDocument(file, 'appspec.yaml'))
    expect(await gatingOf(file, GATE)).toMatchObject({ gated: false, why: 'construct' })
    expect(await gatingOf(serialise(withTaskDefinition(read, REVISION)), GATE)).toEqual({
      gated: true
    })
  })
})
