import fc from 'fast-check'
import { BREAK_GLASS_REFUSALS } from '../../../src/ledger/gate-facts.ts'
import { FAULTS } from '../../../src/gate/identity/fault.ts'
import type { CardView } from '../../../src/gate/card/view.ts'

export const NOW = Date.UTC(2026, 10, 21, 9, 0)
const DIGEST = `sha256:${'ab12'.repeat(16)}`

/** A usual release that waits. */
export const VIEW: CardView = {
  gateId: 'd-ABC123#0f',
  language: 'en',
  now: NOW,
  cluster: 'shop',
  service: 'orders',
  deploymentId: 'd-ABC123',
  consoleUrl:
    'https://eu-central-1.console.aws.amazon.com/codesuite/codedeploy/deployments/d-ABC123',
  images: [
    {
      container: 'app',
      before: 'registry.example/orders:1.4.1',
      after: 'registry.example/orders:1.4.2',
      digest: DIGEST
    }
  ],
  revision: { before: 'orders:41', after: 'orders:42' },
  changes: [{ path: 'containerDefinitions[app].environment[LEVEL]', kind: 'changed' }],
  shift: { kind: 'canary', percentage: 10, minutes: 5 },
  commit: { sha: 'c0ffee1234567890', url: 'https://github.com/org/shop/commit/c0ffee' },
  run: { label: 'run 4711', url: 'https://github.com/org/shop/actions/runs/4711' },
  requester: { logins: ['octocat'], users: ['U0ASK'], verified: true },
  health: { targetGroup: 'green', states: { healthy: 2 }, unavailable: undefined },
  testUrl: { text: 'https://test.example.com:8443/', isLink: true },
  evidence: [
    { name: 'routes', verdict: 'passed', required: true, summary: '12 of 12 answered' },
    { name: 'load', verdict: 'warning', required: false, summary: 'p99 is 20 % slower' }
  ],
  moving: [{ service: 'shop/payment', what: 'traffic-shifting', since: NOW - 120_000 }],
  openedAt: NOW - 14 * 60_000,
  expiresAt: NOW + 41 * 60_000,
  quorum: 1,
  votes: [],
  frozenBy: [],
  closedBecause: undefined,
  breakGlass: false,
  breakGlassRefused: undefined,
  decision: undefined,
  trafficResult: undefined,
  awaitsRollback: false,
  availability: undefined,
  head: undefined
}

const nasty = fc.oneof(
  fc.string({ maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(
    '<!channel>',
    '<@U0ADMIN>',
    '<https://evil.example|click>',
    '*bold* _it_ ~no~ `code`',
    '&lt;!here&gt;',
    ':rocket: @here #general',
    'a\u202eb\u200bc',
    // Of which a card makes sentences of its own, around the rest.
    'the policy cannot be used: <!channel> *bold*',
    'run <@U0ADMIN>, attempt <!here|2>',
    '```\nblock',
    '한국어 이미지 🚀',
    '🚀'.repeat(4_000),
    '&<>'.repeat(3_000),
    'x'.repeat(100_000)
  )
)
const optional = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(value, { nil: undefined })
const time = fc.integer({ min: NOW - 1e8, max: NOW + 1e8 })
const url = fc.oneof(
  nasty,
  fc.webUrl(),
  nasty.map((text) => `https://x.example/${text}`)
)
const list = <T>(value: fc.Arbitrary<T>, maxLength: number): fc.Arbitrary<T[]> =>
  fc.oneof(
    { weight: 9, arbitrary: fc.array(value, { maxLength: 4 }) },
    fc.array(value, { maxLength, size: 'max' })
  )

/** Any view: every text hostile, every list long. */
export const anyView: fc.Arbitrary<CardView> = fc.record({
  gateId: fc.constant('d-ABC123#0f'),
  language: fc.constantFrom('en', 'ko'),
  now: time,
  cluster: nasty,
  service: nasty,
  deploymentId: nasty,
  consoleUrl: optional(url),
  images: list(
    fc.record({ container: nasty, before: optional(nasty), after: nasty, digest: optional(nasty) }),
    200
  ),
  greenChangedAt: optional(time),
  revision: fc.record({ before: optional(nasty), after: nasty }),
  changes: optional(
    list(
      fc.record({
        path: nasty,
        kind: fc.constantFrom('added', 'removed', 'changed'),
        before: nasty,
        after: nasty
      }),
      500
    )
  ),
  shift: optional(
    fc.oneof(
      fc.constant({ kind: 'all-at-once' as const }),
      fc.record({
        kind: fc.constantFrom('canary' as const, 'linear' as const),
        percentage: fc.nat(100),
        minutes: fc.nat(2_880)
      })
    )
  ),
  commit: optional(fc.record({ sha: nasty, url: optional(url) })),
  run: optional(fc.record({ label: nasty, url: optional(url) })),
  requester: fc.record({ logins: list(nasty, 50), users: list(nasty, 50), verified: fc.boolean() }),
  health: fc.record({
    targetGroup: optional(nasty),
    states: fc.dictionary(fc.oneof(fc.constantFrom('healthy', 'unused'), nasty), fc.nat(9), {
      maxKeys: 9
    }),
    unavailable: optional(nasty),
    targets: list(fc.record({ id: nasty, state: nasty, description: nasty }), 100)
  }),
  testUrl: optional(fc.record({ text: url, isLink: fc.boolean() })),
  evidence: list(
    fc.record({
      name: nasty,
      verdict: fc.constantFrom('passed', 'failed', 'warning', 'unknown', 'pending'),
      required: fc.boolean(),
      summary: nasty
    }),
    100
  ),
  moving: list(
    fc.record({
      service: nasty,
      what: fc.constantFrom('gate-open', 'traffic-shifting'),
      since: time
    }),
    100
  ),
  openedAt: time,
  expiresAt: time,
  quorum: fc.integer({ min: 1, max: 20 }),
  votes: list(fc.record({ user: nasty, at: time }), 100),
  frozenBy: list(nasty, 50),
  closedBecause: optional(
    fc.oneof(
      fc.record({
        why: fc.constant('unverified' as const),
        fault: fc.oneof(fc.constantFrom(...FAULTS), nasty)
      }),
      fc.record({ why: fc.constant('unmapped' as const), logins: list(nasty, 50) })
    )
  ),
  breakGlass: fc.boolean(),
  breakGlassRefused: optional(
    fc.record({ why: fc.constantFrom(...BREAK_GLASS_REFUSALS), about: nasty })
  ),
  decision: optional(
    fc.record({
      state: fc.constantFrom('APPROVED', 'REJECTED', 'EXPIRED', 'FAILED', 'WITHDRAWN'),
      at: time,
      by: list(nasty, 100),
      names: list(nasty, 100),
      reason: optional(nasty),
      breakGlass: fc.boolean(),
      effect: fc.constantFrom('NONE', 'APPLIED', 'LATE')
    })
  ),
  trafficResult: optional(
    fc.record(
      {
        status: fc.constantFrom('shifting', 'released', 'failed', 'stopped'),
        rollback: fc.constantFrom('none', 'in-progress', 'succeeded', 'failed'),
        at: time,
        beganAt: time,
        shiftedAt: time,
        rolledBackAt: time,
        stoppedBy: fc.constantFrom('observer', 'watchdog'),
        stoppedBecause: nasty,
        why: nasty
      },
      { requiredKeys: ['status', 'rollback', 'at'] }
    )
  ),
  awaitsRollback: fc.boolean(),
  availability: optional(
    fc.record({
      verdict: fc.constantFrom('passed', 'failed', 'unknown'),
      total: fc.nat(1e6),
      failed: fc.nat(1e6),
      summary: nasty
    })
  ),
  head: optional(fc.oneof(fc.constant(`7-${'ab'.repeat(32)}`), nasty))
})
