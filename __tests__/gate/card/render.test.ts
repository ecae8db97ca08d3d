import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { renderReasonModal } from '../../../src/gate/card/modal.ts'
import { renderCard } from '../../../src/gate/card/render.ts'
import { renderUngated } from '../../../src/gate/card/ungated.ts'
import type { CardView, DecisionView } from '../../../src/gate/card/view.ts'
import type { Message } from '../../../src/gate/slack/slack.ts'
import { EN } from '../../../src/gate/card/words/en.ts'
import { KO } from '../../../src/gate/card/words/ko.ts'
import { textsIn, violations } from './slack-limits.ts'
import { anyView, NOW, VIEW } from './views.ts'

const keysOf = <K extends string>(words: Readonly<Record<K, unknown>>): K[] =>
  Object.keys(words) as K[]
const LANGUAGES = ['en', 'ko'] as const
const shown = (message: Message): string =>
  textsIn(message)
    .map(({ text }) => text)
    .join('\n')
const card = (change: Partial<CardView> = {}): Message => renderCard({ ...VIEW, ...change })
const actions = ({ blocks }: Message): (string | undefined)[] =>
  blocks
    .flatMap((block) => (block.type === 'actions' ? block.elements : []))
    .map((element) => element.action_id)

const DECISION: DecisionView = {
  state: 'APPROVED',
  at: NOW,
  by: ['U0ANN'],
  reason: undefined,
  breakGlass: false,
  effect: 'APPLIED'
}

describe('the card of a release that waits', () => {
  test.each([
    ['service and cluster', 'shop/orders: a release waits for approval'],
    ['the image, old and new', '`registry/orders:1` → `registry/orders:2`'],
    ['its digest, in short', '`sha256:ab12ab12ab12`'],
    ['the task definition', 'Task definition `orders:41` → `orders:42`'],
    [
      'what else changes, by its name only',
      '• `containerDefinitions[app].environment[LEVEL]` changed'
    ],
    ['the commit', '<https://github.com/org/shop/commit/c0ffee|c0ffee123456>'],
    ['who asked', '`octocat` <@U0ASK>'],
    ['the run', '<https://github.com/org/shop/actions/runs/4711|run 4711>'],
    ["green's health", '2 `healthy`'],
    ['the test URL', '<https://test.example.com:8443/|'],
    ['evidence', ':white_check_mark: `routes` passed (required): 12 of 12 answered'],
    ['what else is moving', '`shop/payment` is shifting traffic since <!date^'],
    ['the deadline, counting down', '09:41 UTC> (41 minutes left)']
  ])('shows %s', (_, text) => {
    expect(shown(card())).toContain(text)
  })

  test('offers to approve, with a confirmation that names service and image, and to reject', () => {
    const message = card()
    expect(actions(message)).toEqual(['gate_approve', 'gate_reject'])
    const [approve] = message.blocks.flatMap((block) =>
      block.type === 'actions' ? block.elements : []
    )
    expect(approve).toMatchObject({
      value: 'd-ABC123#0f',
      style: 'primary',
      confirm: { text: { text: 'Users of shop/orders get registry/orders:2.' } }
    })
  })

  test('offers to break the glass where the policy knows somebody who may', () => {
    expect(actions(card({ breakGlass: true }))).toEqual([
      'gate_approve',
      'gate_reject',
      'gate_break_glass'
    ])
  })

  test('does not offer to approve while it is frozen or closed to everybody, and says why', () => {
    const frozen = card({ frozenBy: ['holidays'] })
    expect(actions(frozen)).toEqual(['gate_reject'])
    expect(shown(frozen)).toContain('Frozen: holidays')
    const closed = card({ closedBecause: { why: 'unverified', fault: 'no-token' } })
    expect(actions(closed)).toEqual(['gate_reject'])
    expect(shown(closed)).toContain('nothing proves who asked')
    const unmapped = card({ closedBecause: { why: 'unmapped', logins: ['octocat'] } })
    expect(shown(unmapped)).toContain('maps no Slack user to `octocat`')
  })

  test('says plainly what nobody has checked or proven', () => {
    const health = { targetGroup: 'green', states: { unused: 2 }, unavailable: undefined }
    expect(shown(card({ health }))).toContain(
      'no listener leads there, so nobody has checked them yet'
    )
    const requester = { logins: ['octocat'], users: [], verified: false }
    expect(shown(card({ requester }))).toContain('`octocat` (not proven)')
    expect(shown(card({ requester: { ...requester, logins: [] } }))).toContain('nobody knows')
    expect(shown(card({ evidence: [] }))).toContain('None. Try the new version')
    expect(shown(card({ changes: undefined }))).toContain('the release left no record')
    expect(shown(card({ changes: [] }))).toContain('Nothing but images has changed.')
  })

  test('shows the votes of a quorum', () => {
    expect(shown(card({ quorum: 2 }))).toContain('2 approvals are needed.')
    const votes = [{ user: 'U0ANN', at: NOW }]
    expect(shown(card({ quorum: 2, votes }))).toContain('1 of 2 approvals: <@U0ANN>')
  })

  test.each([
    ['en', 'passed (required, asked at the tasks directly, not through a load balancer): fine'],
    ['ko', '통과 (필수, 로드 밸런서를 거치지 않고 태스크에 직접 확인): fine']
  ] as const)('evidence that went past the load balancer is said to, in %s', (language, text) => {
    const direct = { name: 'x', verdict: 'passed', required: true, summary: 'fine' } as const
    expect(shown(card({ language, evidence: [{ ...direct, asked: 'tasks' }] }))).toContain(text)
  })

  test('what speaks against a release stands first among the evidence', () => {
    const evidence = [
      ...VIEW.evidence,
      { name: 'orders', verdict: 'failed' as const, required: true, summary: 'x' }
    ]
    const text = shown(card({ evidence }))
    expect(text.indexOf('`orders` FAILED')).toBeLessThan(text.indexOf('`routes` passed'))
  })
})

describe('the card of a release that is decided', () => {
  test.each<[string, Partial<CardView>, RegExp]>([
    ['approved', { decision: DECISION }, /\*Approved\* by <@U0ANN>/],
    [
      'rejected, with the reason',
      { decision: { ...DECISION, state: 'REJECTED', reason: 'wrong totals' } },
      /\*Rejected\* by <@U0ANN>[^]*Reason: wrong totals/
    ],
    [
      'expired, which is no rejection',
      { decision: { ...DECISION, state: 'EXPIRED', by: [] } },
      /\*Expired\*.*That is not a rejection/
    ],
    [
      'failed closed',
      { decision: { ...DECISION, state: 'FAILED', by: [], reason: 'no Slack' } },
      /\*Failed closed\*[^]*Reason: no Slack/
    ],
    ['withdrawn', { decision: { ...DECISION, state: 'WITHDRAWN', by: [] } }, /No longer waiting/],
    [
      'by break-glass',
      { decision: { ...DECISION, breakGlass: true, reason: 'outage' } },
      /\*Break-glass\*/
    ],
    [
      'by break-glass of a job that nobody in Slack is known for',
      {
        decision: { ...DECISION, by: [], breakGlass: true, reason: 'outage' },
        requester: { logins: ['octocat', 'hubot'], users: [], verified: true }
      },
      /\*Approved\* by `octocat` `hubot`,/
    ],
    ['not told yet', { decision: { ...DECISION, effect: 'NONE' } }, /CodeDeploy is being told/],
    ['too late', { decision: { ...DECISION, effect: 'LATE' } }, /\*Too late\*/],
    [
      'on record',
      { decision: DECISION, head: `7-${'ab'.repeat(32)}` },
      /On record as `7-abababababab`/
    ],
    [
      'while traffic moves',
      { decision: DECISION, trafficResult: { status: 'shifting', rollback: 'none', at: NOW } },
      /Traffic is moving/
    ],
    [
      'released',
      { decision: DECISION, trafficResult: { status: 'released', rollback: 'none', at: NOW } },
      /\*Released\*/
    ],
    [
      'rolled back',
      { decision: DECISION, trafficResult: { status: 'failed', rollback: 'succeeded', at: NOW } },
      /Deployment failed[^]*Rolled back/
    ],
    [
      'not rolled back',
      { decision: DECISION, trafficResult: { status: 'stopped', rollback: 'failed', at: NOW } },
      /The rollback failed/
    ]
  ])('%s', (_, change, pattern) => {
    const message = card(change)
    expect(shown(message)).toMatch(pattern)
    expect(actions(message)).toEqual([])
  })
})

describe('in Korean', () => {
  test('the card that waits and the one that is decided', () => {
    const waits = card({ language: 'ko' })
    expect(shown(waits)).toContain('shop/orders: 배포가 승인을 기다립니다')
    expect(shown(waits)).toContain('(41분 남음)')
    expect(shown(card({ language: 'ko', decision: DECISION }))).toContain('*승인* <@U0ANN>')
  })

  test.each(['reject', 'break-glass'] as const)('the reason modal: %s', (intent) => {
    const modal = renderReasonModal(intent, { language: 'ko', service: 'shop/orders', gateId: 'g' })
    expect(modal.title.text).toMatch(/[가-힣]/)
  })
})

describe('the reason modal', () => {
  test.each(
    LANGUAGES.flatMap((language) =>
      (['reject', 'break-glass'] as const).map((intent) => [language, intent] as const)
    )
  )('in %s, %s: a required text, within the limits of Slack', (language, intent) => {
    const modal = renderReasonModal(intent, {
      language,
      service: 'x'.repeat(5_000),
      gateId: 'd-1#0f'
    })
    for (const text of [modal.title, modal.submit, modal.close]) {
      expect(text?.text.length).toBeLessThanOrEqual(24)
    }
    expect(violations(modal.blocks as Message['blocks'])).toEqual([])
    expect(modal).toMatchObject({
      callback_id: intent === 'reject' ? 'gate_reject' : 'gate_break_glass',
      private_metadata: 'd-1#0f',
      blocks: [
        { type: 'section' },
        { type: 'input', block_id: 'reason', element: { min_length: 3, multiline: true } }
      ]
    })
    // Slack asks for every input that is not optional.
    expect(modal.blocks[1]).not.toHaveProperty('optional', true)
  })
})

/** What of ours may stand between angle brackets. */
const OURS =
  /^(<@[UW][A-Z0-9]+>|<!date\^\d+\^[{}a-z_ ]+\|[0-9: -]+UTC>|<!subteam\^S[A-Z0-9]+>|<https?:\/\/[^\s<>|]+\|[^<>|]*>)$/

describe('threat: mrkdwn injection', () => {
  test('whatever the texts: no tag that is not ours, nothing beyond the limits, no button lost', () => {
    fc.assert(
      fc.property(anyView, (view) => {
        const message = renderCard(view)
        expect(violations(message.blocks)).toEqual([])
        expect(message.text.length).toBeLessThanOrEqual(3_000)
        expect(message.text).not.toMatch(/[<>]/)
        for (const { type, text } of textsIn(message.blocks)) {
          if (type !== 'mrkdwn') continue
          for (const tag of text.match(/<[^>]*>?/g) ?? []) expect(tag).toMatch(OURS)
          expect(text.replace(/<[^>]*>/g, '')).not.toContain('>')
          expect(text).not.toMatch(/&(?!amp;|lt;|gt;)/)
        }
        expect(actions(message).includes('gate_reject')).toBe(view.decision === undefined)
      }),
      { numRuns: 400 }
    )
  })

  test('names and prose show as they were written', () => {
    const text = shown(
      card({
        images: [{ container: 'a*b*', before: '<!channel>', after: 'x&y', digest: undefined }],
        evidence: [
          { name: '_n_', verdict: 'passed', required: false, summary: '*bold* :rocket: @here' }
        ]
      })
    )
    expect(text).toContain('`a*b*`')
    expect(text).toContain('`&lt;!channel&gt;` → `x&amp;y`')
    expect(text).toContain('`_n_`')
    // No format and no emoji: its marks are kept apart from the words.
    expect(text).not.toMatch(/\*bold\*|:rocket:|@here/)
    expect(text.replaceAll('\u2060', '')).toContain('*bold* :rocket: @here')
  })

  test('what turns text around or hides in it is left out', () => {
    const images = [
      { container: 'app', before: undefined, after: 'evil\u202etxt.exe\u200b', digest: undefined }
    ]
    expect(shown(card({ images }))).toContain('`evil txt.exe`')
  })

  test('a link leads to the web or is no link', () => {
    const run = { label: 'run', url: 'javascript:alert(1)' }
    expect(shown(card({ run }))).not.toContain('javascript')
    const tricky = { label: 'a|b>c', url: 'https://x.example/a|b' }
    expect(shown(card({ run: tricky }))).toContain('<https://x.example/a%7Cb|a b&gt;c>')
  })
})

test('the same view gives the same message', () => {
  fc.assert(
    fc.property(anyView, (view) =>
      expect(renderCard(view)).toEqual(renderCard(structuredClone(view)))
    ),
    { numRuns: 50 }
  )
})

describe('the report of an ungated deployment', () => {
  test.each(LANGUAGES)('in %s says what was found and what was done', (language) => {
    const reasons = keysOf(EN.ungatedWhy)
    expect(reasons).toEqual(keysOf(KO.ungatedWhy))
    for (const why of reasons) {
      for (const result of ['stopped', 'reported', 'too-late', 'not-stopped'] as const) {
        const message = renderUngated({
          language,
          deploymentId: 'd-1',
          watchedAs: `<!here>/${'x'.repeat(400)}`,
          why,
          found: '<!channel>`*x*`\n&',
          result
        })
        expect(violations(message.blocks)).toEqual([])
        expect(message.text).not.toContain('<')
        expect(shown(message)).toContain('d-1')
        expect(shown(message)).not.toContain('<!channel>')
      }
    }
  })
})

test.each(['en', 'ko'] as const)(
  'an issuer that the functions may not reach, or that is another, is named on the card as the policy has it: %s',
  (language) => {
    for (const fault of ['keys-unavailable', 'wrong-issuer']) {
      const closedBecause = { why: 'unverified', fault } as const
      const shown = textsIn(renderCard({ ...VIEW, language, closedBecause }))
        .map(({ text }) => text.replaceAll('\u2060', ''))
        .join('\n')
      expect(shown).toContain('`github.issuer`')
      expect(shown.includes('GitHub Enterprise Server')).toBe(fault === 'keys-unavailable')
    }
  }
)
