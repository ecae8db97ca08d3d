import { describe, expect, test } from '@jest/globals'
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { parsePolicy, PolicyError } from '../../../src/gate/policy/parse.ts'
import { rulesFor } from '../../../src/gate/policy/policy.ts'
import { FULL, SMALLEST } from './documents.ts'

async function problemsOf(text: string): Promise<readonly string[]> {
  try {
    await parsePolicy(text)
    return []
  } catch (error) {
    if (error instanceof PolicyError) return error.problems
    throw error
  }
}

/** The smallest document with one line replaced or added. */
function changed(line: string): string {
  const name = line.slice(0, line.indexOf(':'))
  const others = SMALLEST.split('\n').filter((each) => !each.startsWith(`${name}:`))
  return [...others, line].join('\n')
}

describe('a policy document', () => {
  test('with the least there can be', async () => {
    expect(await parsePolicy(SMALLEST)).toEqual({
      digest: createHash('sha256').update(SMALLEST).digest('hex'),
      language: 'en',
      slack: { teams: ['T0TEAM'], enterprise: undefined, app: 'A0APP', channel: 'C0GATE' },
      github: {
        issuer: 'https://token.actions.githubusercontent.com',
        repositories: [],
        identities: {}
      },
      rules: {
        approvers: { users: ['U0ANN'], groups: [] },
        quorum: 1,
        selfApproval: 'allowed',
        freeze: [],
        breakGlass: undefined
      },
      services: [],
      testHosts: [],
      watch: { deploymentGroups: ['*/*'], onUngated: 'report' }
    })
  })

  test('with everything', async () => {
    const policy = await parsePolicy(FULL)
    expect(policy.github).toEqual({
      issuer: 'https://github.example.com/_services/token',
      repositories: ['org/shop', 'org/payments'],
      identities: { octocat: 'U0ASK', 'hubot[bot]': 'U0BOT' }
    })
    expect(policy.rules).toEqual({
      approvers: { users: ['U0ANN', 'U0BEN'], groups: ['S0OPS'] },
      quorum: 2,
      selfApproval: 'forbidden',
      freeze: [
        {
          name: 'holidays',
          kind: 'once',
          from: Date.UTC(2026, 11, 23, 15),
          until: Date.UTC(2026, 11, 26, 15)
        },
        {
          name: 'weekend',
          kind: 'weekly',
          days: ['fri', 'sat'],
          from: 18 * 60,
          until: 9 * 60,
          timeZone: 'Asia/Seoul'
        }
      ],
      breakGlass: { users: ['U0CHO'], rollback: true }
    })
    expect(policy.watch).toEqual({ deploymentGroups: ['AppECS-*/DgpECS-*'], onUngated: 'stop' })
  })

  test('as JSON, which is YAML too', async () => {
    const json = JSON.stringify({
      version: 1,
      language: 'ko',
      slack: { team: 'T0TEAM', app: 'A0APP', channel: 'C0GATE' },
      approvers: { users: ['U0ANN'] },
      'self-approval': 'allowed'
    })
    expect((await parsePolicy(json)).language).toBe('ko')
  })

  test.each([
    ['a list of workspaces', '[T0TEAM, T0PAY]', ['T0TEAM', 'T0PAY'], undefined],
    ['an organization beside its workspace', 'T0TEAM, enterprise: E0ORG', ['T0TEAM'], 'E0ORG']
  ])('Slack may be %s', async (_, team, teams, enterprise) => {
    const slack = `slack: { team: ${team}, app: A0APP, channel: C0GATE }`
    const { slack: read } = await parsePolicy(
      `version: 1\nlanguage: en\n${slack}\napprovers: { users: [U0ANN] }\nself-approval: allowed\n`
    )
    expect(read).toMatchObject({ teams, enterprise })
  })

  test('hosts to which the card may link', async () => {
    const policy = await parsePolicy(
      `${FULL}\ntest-hosts: [test.example.com, "*.staging.example.com"]\n`
    )
    expect(policy.testHosts).toEqual(['test.example.com', '*.staging.example.com'])
    expect(await problemsOf(`${FULL}\ntest-hosts: ["https://test.example.com"]\n`)).toEqual([
      'test-hosts: found "https://test.example.com", wanted a host such as test.example.com or *.example.com'
    ])
  })

  test('services replace single rules, the first that fits counts', async () => {
    const policy = await parsePolicy(FULL)
    expect(rulesFor(policy, 'shop/order-api').quorum).toBe(1)
    expect(rulesFor(policy, 'shop/order-api').approvers.users).toEqual(['U0ANN', 'U0BEN'])
    expect(rulesFor(policy, 'shop/order-api').breakGlass?.users).toEqual(['U0CHO'])
    expect(rulesFor(policy, 'any/payment')).toEqual({
      approvers: { users: ['U0BEN'], groups: [] },
      quorum: 1,
      selfApproval: 'allowed',
      freeze: [],
      breakGlass: { users: [], rollback: false }
    })
    expect(rulesFor(policy, 'shop/auth').quorum).toBe(2)
    // A star is any run of characters but a slash.
    expect(rulesFor(policy, 'a/b/payment').quorum).toBe(2)
  })
})

describe('a policy document that is not valid', () => {
  test('all problems are told at once, each with its path', async () => {
    expect(
      await problemsOf(`
version: 2
language: de
slack: { team: shop, app: A0APP }
github: { repositories: [shop], identities: { octocat: "@ann" } }
approvers: { users: [ann], group: [S0OPS] }
quorum: 0
freeze:
  - { name: x, from: 2026-12-24, until: 2026-12-27T00:00:00Z }
  - { name: y, from: "25:00", until: "24:00", days: [monday], time-zone: Mars/Olympus }
break-glass: { rollback: "yes" }
services: { orders: { quorum: many } }
watch: { deployment-groups: [x], on-ungated: kill }
`)
    ).toEqual([
      'self-approval: is missing',
      'version: found 2, wanted a whole number from 1 to 1',
      'language: found "de", wanted en or ko',
      'slack.channel: is missing',
      'slack.team: found "shop", wanted the Slack workspace\'s id such as T012AB3CD',
      'github.repositories: found "shop", wanted owner/name',
      'github.identities.octocat: found "@ann", wanted a Slack user\'s id such as U012AB3CD',
      'approvers.users: found "ann", wanted a list, each of it a Slack user\'s id such as U012AB3CD',
      'approvers.group: is not known, accepted: users, groups; did you mean groups?',
      'quorum: found 0, wanted a whole number from 1 to 20',
      'freeze[0].from: found "2026-12-24", wanted a time such as 2026-12-24T00:00:00+09:00 (or HH:MM together with days and time-zone)',
      'freeze[1].days: found ["monday"], wanted a list of mon, tue, wed, thu, fri, sat, sun',
      'freeze[1].time-zone: found "Mars/Olympus", wanted an IANA name such as Asia/Seoul',
      'freeze[1].from: found "25:00", wanted a time of day such as 18:00',
      'break-glass.users: is missing',
      'break-glass.rollback: found "yes", wanted true or false',
      'services.orders: wanted cluster/service, where * stands for any characters but /',
      'services.orders.quorum: found "many", wanted a whole number from 1 to 20',
      'watch.deployment-groups: found "x", wanted application/deployment group',
      'watch.on-ungated: found "kill", wanted stop or report'
    ])
  })

  test.each<[string, string, RegExp]>([
    ['an unknown key', 'qorum: 2', /^qorum: is not known.*did you mean quorum\?$/],
    ['nobody to approve', 'approvers: { users: [] }', /^approvers: names nobody/],
    ['somebody twice', 'approvers: { users: [U0ANN, U0ANN] }', /names somebody twice/],
    ['a name for an id', 'approvers: { users: ["@ann"] }', /found "@ann", wanted a list, each/],
    ['one user where a list belongs', 'approvers: { users: U0ANN }', /wanted a list/],
    ['a quorum nobody can reach', 'quorum: 2', /^quorum: found 2, but only 1 users may approve$/],
    [
      'self-approval forbidden with nobody mapped',
      'self-approval: forbidden',
      /^self-approval: is forbidden, but github\.identities names nobody/
    ],
    [
      'keys fetched in the clear',
      'github: { issuer: "http://keys.example.com", repositories: [o/r], identities: {} }',
      /^github\.issuer: found .* wanted the https URL/
    ],
    [
      'a window that ends before it begins',
      'freeze: [{ name: x, from: 2026-12-24T00:00:00Z, until: 2026-12-23T00:00:00Z }]',
      /^freeze\[0\]\.until: is not after from$/
    ],
    [
      'a date without an offset',
      'freeze: [{ name: x, from: "2026-12-24T00:00:00", until: 2026-12-25T00:00:00Z }]',
      /^freeze\[0\]\.from: found/
    ]
  ])('%s', async (_, line, message) => {
    expect(await problemsOf(changed(line))).toEqual([expect.stringMatching(message)])
  })

  test('a quorum that whoever asks makes unreachable', async () => {
    const text =
      changed('self-approval: forbidden') +
      '\ngithub: { repositories: [o/r], identities: { ann: U0ANN } }'
    expect(await problemsOf(text)).toEqual([expect.stringMatching(/^quorum: found 1, but whoever/)])
  })

  test('a service whose own rules nobody can satisfy', async () => {
    const text = changed('services: { "shop/*": { quorum: 3 } }')
    expect(await problemsOf(text)).toEqual([
      'services.shop/*.quorum: found 3, but only 1 users may approve'
    ])
  })

  test('a key that is there twice', async () => {
    expect(await problemsOf(`${SMALLEST}\nquorum: 1\nquorum: 1`)).toEqual([
      expect.stringMatching(/^policy\.yml:9:1: the key is there twice in one mapping/)
    ])
  })

  test('a bomb of aliases, and a document of any length', async () => {
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x, x]']
    for (let level = 1; level < 8; level++) {
      const before = String.fromCharCode(96 + level)
      const name = String.fromCharCode(97 + level)
      bomb.push(`${name}: &${name} [${Array.from({ length: 10 }, () => `*${before}`).join(', ')}]`)
    }
    expect(await problemsOf(bomb.join('\n'))).toEqual([
      expect.stringMatching(/at most 100 aliases/)
    ])
    expect(await problemsOf(`# ${'x'.repeat(70_000)}`)).toEqual([
      expect.stringMatching(/wanted at most 65536/)
    ])
  })

  test.each(['', 'null', '[]', 'just text', '{', '\u0000'])('%j is refused', async (text) => {
    expect((await problemsOf(text)).length).toBeGreaterThan(0)
  })

  test('whatever the text, there is a policy or there are problems', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string({ maxLength: 200 }),
          fc.jsonValue().map((value) => JSON.stringify(value)),
          fc
            .array(fc.constantFrom(...FULL.split('\n')), { maxLength: 60 })
            .map((lines) => lines.join('\n'))
        ),
        async (text) => {
          const outcome = await problemsOf(text)
          expect(outcome.every((problem) => problem.length > 0)).toBe(true)
        }
      ),
      { numRuns: 500 }
    )
  })
})
