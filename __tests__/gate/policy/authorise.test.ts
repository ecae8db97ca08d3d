import { describe, expect, test } from '@jest/globals'
import type { Intent, Person } from '../../../src/gate/policy/person.ts'
import {
  authorise,
  countVotes,
  whyClosed,
  type Permission
} from '../../../src/gate/policy/authorise.ts'
import type { Policy, Rules } from '../../../src/gate/policy/policy.ts'
import type { Vote } from '../../../src/ledger/gate.ts'
import type { RequesterFacts } from '../../../src/ledger/gate-facts.ts'
import { policyWith, RULES, TEAM } from '../memory-world.ts'

const NOW = Date.UTC(2026, 0, 1)
const ASKED: RequesterFacts = {
  verified: true,
  why: undefined,
  logins: ['octocat'],
  users: ['U0ASK'],
  unmapped: []
}

function person(id: string, more: Partial<Exclude<Person, 'unknown'>> = {}): Person {
  return {
    ids: [id],
    name: id,
    teams: [TEAM],
    enterprise: undefined,
    isBot: false,
    isRestricted: false,
    isUltraRestricted: false,
    isStranger: false,
    deleted: false,
    groups: [],
    ...more
  }
}

function judge(
  who: Person,
  intent: Intent,
  {
    rules = {},
    requester = ASKED,
    outstanding = [],
    against = []
  }: {
    rules?: Partial<Rules>
    requester?: RequesterFacts
    outstanding?: readonly string[]
    against?: readonly string[]
  } = {}
): Permission {
  const policy = policyWith(rules)
  return authorise({
    ...{ policy, rules: policy.rules, requester, person: who, intent, now: NOW },
    outstanding,
    against
  })
}

const whyNot = (verdict: Permission): unknown => (verdict.allowed ? 'allowed' : verdict.why)

describe('threat: the clicker is not an approver', () => {
  const intents: Intent[] = ['approve', 'reject', 'break-glass']
  // Each of them is named in the policy, for everything: what they are counts against it.
  const outsiders: [string, Person, unknown][] = [
    [
      'a Slack Connect user',
      person('U0CHO', { isStranger: true }),
      { why: 'outsider', kind: 'other-workspace' }
    ],
    [
      'a user of another team',
      person('U0CHO', { teams: ['T0OTHER'] }),
      { why: 'outsider', kind: 'other-workspace' }
    ],
    ['a guest', person('U0CHO', { isRestricted: true }), { why: 'outsider', kind: 'guest' }],
    [
      'a single-channel guest',
      person('U0CHO', { isUltraRestricted: true }),
      { why: 'outsider', kind: 'guest' }
    ],
    ['a bot', person('U0CHO', { isBot: true }), { why: 'outsider', kind: 'bot' }],
    [
      'a deactivated account',
      person('U0CHO', { deleted: true }),
      { why: 'outsider', kind: 'deactivated' }
    ],
    ['somebody Slack could not look up', 'unknown', { why: 'person-unknown' }]
  ]
  test.each(
    outsiders.flatMap(([name, who, why]) =>
      intents.map((intent) => [name, intent, who, why] as const)
    )
  )('%s may not %s', (_, intent, who, why) => {
    expect(whyNot(judge(who, intent))).toEqual(why)
  })

  test('somebody whom the policy does not list decides nothing', () => {
    expect(whyNot(judge(person('U0NEW'), 'approve'))).toEqual({ why: 'not-approver' })
    expect(whyNot(judge(person('U0NEW'), 'reject'))).toEqual({ why: 'not-approver' })
    expect(whyNot(judge(person('U0NEW'), 'break-glass'))).toEqual({ why: 'not-break-glass' })
  })

  test('an approver approves and rejects, and breaks no glass', () => {
    const allowed = { allowed: true, id: 'U0ANN', via: 'user' }
    expect(judge(person('U0ANN'), 'approve')).toEqual(allowed)
    expect(judge(person('U0ANN'), 'reject')).toEqual(allowed)
    expect(whyNot(judge(person('U0ANN'), 'break-glass'))).toEqual({ why: 'not-break-glass' })
  })

  test('who may break the glass may reject, and approves only as an approver', () => {
    const rules = { approvers: { users: ['U0ANN'], groups: [] } }
    expect(judge(person('U0CHO'), 'break-glass', { rules }).allowed).toBe(true)
    expect(judge(person('U0CHO'), 'reject', { rules }).allowed).toBe(true)
    expect(whyNot(judge(person('U0CHO'), 'approve', { rules }))).toEqual({ why: 'not-approver' })
  })

  test('no break-glass in the policy means nobody', () => {
    const rules = { breakGlass: undefined }
    expect(whyNot(judge(person('U0CHO'), 'break-glass', { rules }))).toEqual({
      why: 'not-break-glass'
    })
  })
})

describe('threat: the requester approves their own release', () => {
  const requesters: [string, Partial<RequesterFacts>, string[]][] = [
    ['who started the run', { users: ['U0ANN'], logins: ['ann'] }, ['U0ANN']],
    [
      'who started it and who re-ran it',
      { users: ['U0ANN', 'U0BEN'], logins: ['ann', 'ben'] },
      ['U0ANN', 'U0BEN']
    ],
    ['somebody who approves nothing', { users: ['U0ASK'], logins: ['octocat'] }, []]
  ]
  const clickers = ['U0ANN', 'U0BEN', 'U0CHO']
  test.each(
    requesters.flatMap(([name, facts, excluded]) =>
      clickers.map((clicker) => [name, clicker, facts, excluded] as const)
    )
  )('%s asked, %s clicks', (_, clicker, facts, excluded) => {
    const requester = { ...ASKED, ...facts }
    const expected = excluded.includes(clicker) ? { why: 'own-release' } : 'allowed'
    expect(whyNot(judge(person(clicker), 'approve', { requester }))).toEqual(expected)
    // One's own release can always be rejected, and approved where the policy allows it.
    expect(judge(person(clicker), 'reject', { requester }).allowed).toBe(true)
    const allowed = { requester, rules: { selfApproval: 'allowed' as const } }
    expect(judge(person(clicker), 'approve', allowed).allowed).toBe(true)
  })

  const UNPROVEN: [string, Partial<RequesterFacts>, unknown][] = [
    [
      'no token proves who asked',
      { verified: false, why: 'no-token' },
      { why: 'unverified', fault: 'no-token' }
    ],
    [
      'a login has no Slack user',
      { logins: ['octocat', 'new'], unmapped: ['new'] },
      { why: 'unmapped', logins: ['new'] }
    ],
    ['a proof names nobody', { logins: [], users: [] }, { why: 'unmapped', logins: [] }]
  ]
  test.each(UNPROVEN)(
    '%s: nobody can approve while self-approval is forbidden',
    (_, facts, closed) => {
      const requester = { ...ASKED, ...facts }
      expect(whyClosed(RULES, requester)).toEqual(closed)
      for (const clicker of clickers) {
        expect(whyNot(judge(person(clicker), 'approve', { requester }))).toEqual({
          why: 'nobody-can',
          closed
        })
        expect(judge(person(clicker), 'reject', { requester }).allowed).toBe(true)
      }
      expect(judge(person('U0CHO'), 'break-glass', { requester }).allowed).toBe(true)
      expect(whyClosed({ ...RULES, selfApproval: 'allowed' }, requester)).toBeUndefined()
    }
  )
})

describe('freeze windows', () => {
  const rules = {
    freeze: [{ name: 'holidays', kind: 'once' as const, from: NOW - 1, until: NOW + 1 }]
  }

  test('nobody approves, anybody who may rejects, and only break-glass passes', () => {
    expect(whyNot(judge(person('U0ANN'), 'approve', { rules }))).toEqual({
      why: 'frozen',
      windows: ['holidays']
    })
    expect(judge(person('U0ANN'), 'reject', { rules }).allowed).toBe(true)
    expect(judge(person('U0CHO'), 'break-glass', { rules }).allowed).toBe(true)
  })
})

describe('required evidence that is not there yet', () => {
  test('keeps an approval waiting, not a rejection and not break-glass', () => {
    const outstanding = ['order and pay']
    expect(whyNot(judge(person('U0ANN'), 'approve', { outstanding }))).toEqual({
      why: 'evidence-outstanding',
      names: outstanding
    })
    expect(judge(person('U0ANN'), 'reject', { outstanding }).allowed).toBe(true)
    expect(judge(person('U0CHO'), 'break-glass', { outstanding }).allowed).toBe(true)
  })
})

describe('required evidence that speaks against the release', () => {
  test('keeps anybody from approving until it has rejected the gate', () => {
    const against = ['order and pay']
    expect(whyNot(judge(person('U0ANN'), 'approve', { against }))).toEqual({
      why: 'evidence-against',
      names: against
    })
    expect(judge(person('U0ANN'), 'reject', { against }).allowed).toBe(true)
    expect(judge(person('U0CHO'), 'break-glass', { against }).allowed).toBe(true)
  })
})

describe('threat: a user group is edited', () => {
  const groups = [{ id: 'S0OPS', members: ['U0DAY', 'U0EVE'] }]

  test('groups count only where the policy names them, by the membership at the click', () => {
    const rules = { approvers: { users: ['U0ANN'], groups: ['S0OPS'] } }
    expect(judge(person('U0DAY', { groups }), 'approve', { rules })).toEqual({
      allowed: true,
      id: 'U0DAY',
      via: { group: { id: 'S0OPS', members: ['U0DAY', 'U0EVE'] } }
    })
    expect(whyNot(judge(person('U0DAY', { groups }), 'approve'))).toEqual({ why: 'not-approver' })
    const left = [{ id: 'S0OPS', members: ['U0EVE'] }]
    expect(whyNot(judge(person('U0DAY', { groups: left }), 'approve', { rules }))).toEqual({
      why: 'not-approver'
    })
  })

  test('a vote counts as it was cast, whoever is in the group now', () => {
    const vote: Vote = {
      user: 'U0DAY',
      name: 'Day',
      at: 1,
      group: { id: 'S0OPS', members: ['U0DAY'] }
    }
    const rules = { ...RULES, approvers: { users: [], groups: ['S0OPS'] } }
    expect(countVotes([vote], rules, ASKED)).toEqual([vote])
    expect(
      countVotes([{ ...vote, group: { id: 'S0OPS', members: ['U0EVE'] } }], rules, ASKED)
    ).toEqual([])
    expect(
      countVotes([vote], { ...rules, approvers: { users: [], groups: ['S0DEV'] } }, ASKED)
    ).toEqual([])
  })
})

describe('threat: a Slack account is compromised', () => {
  const vote = (user: string): Vote => ({ user, name: user, at: 1, group: undefined })

  test('one account never makes two votes', () => {
    const rules = { ...RULES, quorum: 2 }
    expect(countVotes([vote('U0ANN'), vote('U0ANN')], rules, ASKED)).toEqual([vote('U0ANN')])
    expect(countVotes([vote('U0ANN'), vote('U0BEN')], rules, ASKED)).toHaveLength(2)
  })

  test('a vote of somebody whom the policy has dropped meanwhile counts no more', () => {
    expect(countVotes([vote('U0OLD'), vote('U0BEN')], RULES, ASKED)).toEqual([vote('U0BEN')])
  })
})

describe('in an organization (Enterprise Grid)', () => {
  const grid = (ids: readonly string[], teams: readonly string[], enterprise = 'E0ORG'): Person =>
    person('unused', { ids, teams, enterprise })
  const inOrganization = (who: Person, slack: Partial<Policy['slack']>): Permission => {
    const policy = policyWith()
    return authorise({
      policy: { ...policy, slack: { ...policy.slack, ...slack } },
      rules: policy.rules,
      requester: ASKED,
      person: who,
      intent: 'approve',
      outstanding: [],
      against: [],
      now: NOW
    })
  }

  test('a person counts by any of their ids, and is recorded as the policy names them', () => {
    expect(inOrganization(grid(['W0ANN', 'U0ANN'], [TEAM]), {})).toEqual({
      allowed: true,
      id: 'U0ANN',
      via: 'user'
    })
  })

  test('threat: the requester approves under a second id', () => {
    const rules = { approvers: { users: ['W0ASK'], groups: [] } }
    const who = grid(['W0ASK', 'U0ASK'], [TEAM])
    expect(whyNot(judge(who, 'approve', { rules }))).toEqual({ why: 'own-release' })
  })

  test('a member of a group counts by the id that the group has', () => {
    const groups = [{ id: 'S0OPS', members: ['W0ANN'] }]
    const who = person('unused', { ids: ['U0NEW', 'W0ANN'], groups })
    const rules = { approvers: { users: [], groups: ['S0OPS'] } }
    expect(judge(who, 'approve', { rules })).toEqual({
      allowed: true,
      id: 'W0ANN',
      via: { group: groups[0] }
    })
  })

  test.each<[string, readonly string[], Partial<Policy['slack']>, boolean]>([
    ['of one of several workspaces', ['T0PAY'], { teams: [TEAM, 'T0PAY'] }, true],
    ['of a workspace of the organization', ['T0ELSE'], { enterprise: 'E0ORG' }, true],
    ['of another organization', ['T0ELSE'], { enterprise: 'E0OTHER' }, false],
    ['of a workspace that nobody names', ['T0ELSE'], {}, false]
  ])('a person %s', (_, teams, slack, isAllowed) => {
    const verdict = inOrganization(grid(['U0ANN'], teams), slack)
    expect(verdict.allowed).toBe(isAllowed)
    if (!isAllowed) expect(whyNot(verdict)).toEqual({ why: 'outsider', kind: 'other-workspace' })
  })
})

test('a vote that the requester cast before self-approval was forbidden does not count', () => {
  const vote = (user: string): Vote => ({ user, name: user, at: 1, group: undefined })
  const rules: Rules = { ...RULES, approvers: { users: ['U0ASK', 'U0BEN'], groups: [] } }
  const votes = [vote('U0ASK'), vote('U0BEN')]
  expect(countVotes(votes, { ...rules, selfApproval: 'allowed' }, ASKED)).toEqual(votes)
  expect(countVotes(votes, rules, ASKED)).toEqual([vote('U0BEN')])
})
