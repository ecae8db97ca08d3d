import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { renderReasonModal } from '../../../src/gate/card/modal.ts'
import { renderCard } from '../../../src/gate/card/render.ts'
import { renderUngated, whyUngated } from '../../../src/gate/card/ungated.ts'
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
  names: ['Ann Lee'],
  reason: undefined,
  breakGlass: false,
  effect: 'APPLIED'
}

describe('the card of a release that waits', () => {
  test.each([
    ['what it would become, and the last state', 'orders 1.4.1 → 1.4.2: waiting for approval'],
    ['service and cluster', '`shop/orders`'],
    ['the version, old and new', '`1.4.1` → `1.4.2`'],
    ['what approving does', 'Approving moves 10 % of the traffic now, the rest in 5 minutes.'],
    ['its digest, in short', '`sha256:ab12ab12ab12`'],
    ['the task definition', 'Task definition `orders:41` → `orders:42`'],
    ['how much else changes', '1 other change'],
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
    expect(actions(message)).toEqual(['gate_approve', 'gate_reject', 'gate_details'])
    const [approve] = message.blocks.flatMap((block) =>
      block.type === 'actions' ? block.elements : []
    )
    expect(approve).toMatchObject({
      value: 'd-ABC123#0f',
      style: 'primary',
      confirm: {
        style: 'primary',
        text: {
          text: 'Users of shop/orders get registry.example/orders:1.4.2. Approving moves 10 % of the traffic now, the rest in 5 minutes.'
        }
      }
    })
  })

  test('does not offer to approve while it is frozen or closed to everybody, and says why', () => {
    const frozen = card({ frozenBy: ['holidays'] })
    expect(actions(frozen)).toEqual(['gate_reject', 'gate_details'])
    expect(shown(frozen)).toContain('Frozen: holidays')
    const closed = card({ closedBecause: { why: 'unverified', fault: 'no-token' } })
    expect(actions(closed)).toEqual(['gate_reject', 'gate_details'])
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
    expect(shown(card({ changes: undefined }))).toContain('Other changes are not known')
    expect(shown(card({ changes: [] }))).toContain('Nothing but images changes')
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

  test('stands in the order in which it is read, and everything else below the buttons', () => {
    const parts = [
      'orders 1.4.1 → 1.4.2: waiting',
      '`sha256:ab12ab12ab12`',
      'Approving moves',
      '`routes` passed',
      '*Open until*',
      '*Asked for by*',
      'Details',
      '1 other change'
    ]
    const text = shown(card())
    const places = parts.map((part) => text.indexOf(part))
    expect(places).not.toContain(-1)
    expect(places).toEqual(places.toSorted((one, other) => one - other))
    // One secondary part, and it is the last.
    const kinds = card().blocks.map(({ type }) => type)
    expect(kinds.filter((type) => type === 'context')).toEqual(['context'])
    expect(kinds.at(-1)).toBe('context')
  })

  test.each<[string, CardView['shift'], string, string]>([
    ['all at once', { kind: 'all-at-once' }, 'all traffic at once.', '모든 트래픽이 한 번에'],
    [
      'canary',
      { kind: 'canary', percentage: 10, minutes: 1 },
      '10 % of the traffic now, the rest in 1 minute.',
      '10%를 바로, 나머지를 1분 후에'
    ],
    [
      'linear',
      { kind: 'linear', percentage: 20, minutes: 1 },
      '20 % of the traffic now, and 20 % more every minute.',
      '20%를 바로, 이후 1분마다 20%씩'
    ],
    ['unknown', undefined, 'How fast traffic will move is not known.', '전환 속도를 알 수 없습니다']
  ])('says what approving does: %s', (_, shift, english, korean) => {
    expect(shown(card({ shift }))).toContain(english)
    expect(shown(card({ shift, language: 'ko' }))).toContain(korean)
  })

  test.each<[string, 'pending' | 'failed' | 'unknown' | 'warning' | 'passed', boolean, string]>([
    ['is outstanding', 'pending', true, 'Nobody can approve before required evidence is there: x.'],
    ['has failed', 'failed', true, 'Required evidence speaks against it: x.'],
    ['could not be measured', 'unknown', true, 'Required evidence speaks against it: x.']
  ])(
    'Approve is not the obvious button while required evidence %s',
    (_, verdict, required, why) => {
      const evidence = [{ name: 'x', verdict, required, summary: '' }]
      const { blocks } = card({ evidence })
      const at = blocks.findIndex(({ type }) => type === 'actions')
      const [approve] = at < 0 || blocks[at]?.type !== 'actions' ? [] : blocks[at].elements
      expect(approve).toMatchObject({ action_id: 'gate_approve' })
      expect(approve).not.toHaveProperty('style')
      expect(approve).not.toHaveProperty('confirm.style')
      // The reason stands beside the buttons.
      expect(JSON.stringify(blocks[at - 1])).toContain(why)
    }
  )

  test.each(['pending', 'failed', 'unknown', 'warning'] as const)(
    'evidence that is %s and not required takes nothing from Approve',
    (verdict) => {
      const evidence = [{ name: 'x', verdict, required: false, summary: '' }]
      const [approve] = card({ evidence }).blocks.flatMap((block) =>
        block.type === 'actions' ? block.elements : []
      )
      expect(approve).toMatchObject({ action_id: 'gate_approve', style: 'primary' })
    }
  )

  test('a version of another repository is no next version: both images are shown whole', () => {
    const images = [
      {
        container: 'app',
        before: 'a.example/orders:1',
        after: 'b.example/orders:2',
        digest: undefined
      }
    ]
    expect(shown(card({ images }))).toContain(
      '`a.example/orders:1` → `b.example/orders:2`  :warning: from another repository'
    )
  })

  test('a tag that was moved shows its images, and a pinned one its digest', () => {
    const pin = (digit: string): string => `r.example/orders@sha256:${digit.repeat(64)}`
    const images = [{ container: 'app', before: pin('a'), after: pin('b'), digest: undefined }]
    expect(card({ images }).text).toBe(
      `orders orders@${'a'.repeat(12)} → orders@${'b'.repeat(12)}: waiting for approval`
    )
    const same = [
      { container: 'app', before: 'r/orders:1', after: 'r/orders:1', digest: undefined }
    ]
    expect(card({ images: same }).text).toBe('orders orders:1: waiting for approval')
    expect(shown(card({ images: same }))).toContain('`r/orders:1` (unchanged)')
  })

  test('several images that go from one version to another are one version', () => {
    const image = (container: string, after = '1.4.2'): CardView['images'][number] => ({
      container,
      before: `r.example/${container}:1.4.1`,
      after: `r.example/${container}:${after}`,
      digest: undefined
    })
    const images = [image('app'), image('worker')]
    expect(card({ images }).text).toBe('orders 1.4.1 → 1.4.2: waiting for approval')
    const other = [image('app'), image('worker', '9')]
    expect(card({ images: other }).text).toBe('orders, 2 images: waiting for approval')
    expect(shown(card({ images: other }))).toContain('•  *`worker`*  `1.4.1` → `9`')
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
      /Traffic is moving since/
    ],
    [
      'once all of it has moved',
      {
        decision: DECISION,
        trafficResult: {
          status: 'shifting',
          rollback: 'none',
          at: NOW,
          beganAt: NOW,
          shiftedAt: NOW + 300_000
        }
      },
      /Traffic began to move[^]*All traffic had moved <!date\^1795251900/
    ],
    [
      'released',
      { decision: DECISION, trafficResult: { status: 'released', rollback: 'none', at: NOW } },
      /\*Released\*/
    ],
    [
      'rolled back',
      {
        decision: DECISION,
        trafficResult: {
          status: 'failed',
          rollback: 'succeeded',
          at: NOW,
          beganAt: NOW - 60_000,
          rolledBackAt: NOW + 60_000,
          why: 'an alarm <!here>'
        }
      },
      /\*Failed\* <!date\^1795251600[^]*Cause: an alarm &lt;!here&gt;\n[^]*\*Rolled back\* <!date\^1795251660/
    ],
    [
      'stopped by a limit',
      {
        decision: DECISION,
        trafficResult: {
          status: 'stopped',
          rollback: 'in-progress',
          at: NOW,
          beganAt: NOW,
          stoppedBy: 'observer',
          stoppedBecause: '3 of 10 failed',
          why: 'DEPLOYMENT_STOPPED'
        }
      },
      /\*Stopped\* <!date[^>]*>, because production broke a limit\nCause: 3 of 10 failed\n[^]*Rolling back now/
    ],
    [
      'stopped by the watchdog before anybody decided',
      {
        decision: { ...DECISION, state: 'WITHDRAWN', by: [] },
        trafficResult: { status: 'stopped', rollback: 'none', at: NOW, stoppedBy: 'watchdog' }
      },
      /by the watchdog\nNo traffic had moved/
    ],
    [
      'stopped, and its rollback has not appeared yet',
      {
        decision: DECISION,
        awaitsRollback: true,
        trafficResult: { status: 'stopped', rollback: 'none', at: NOW, beganAt: NOW }
      },
      /Whether it is rolled back is not known yet/
    ],
    [
      'stopped and not rolled back, with traffic on both sides',
      {
        decision: DECISION,
        trafficResult: { status: 'stopped', rollback: 'none', at: NOW, beganAt: NOW }
      },
      /\*Not rolled back\*, and traffic had moved/
    ],
    [
      'not rolled back',
      { decision: DECISION, trafficResult: { status: 'stopped', rollback: 'failed', at: NOW } },
      /\*The rollback failed\*/
    ]
  ])('%s', (_, change, pattern) => {
    const message = card(change)
    expect(shown(message)).toMatch(pattern)
    expect(actions(message)).toEqual(['gate_details'])
  })
})

describe('in Korean', () => {
  test('the card that waits and the one that is decided', () => {
    const waits = card({ language: 'ko' })
    expect(shown(waits)).toContain('orders 1.4.1 → 1.4.2: 배포 승인 대기 중')
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
        // Not documented; measured by slackapi/bolt-js#2509.
        expect(JSON.stringify(message.blocks).length).toBeLessThanOrEqual(13_200)
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
          because: whyUngated(language, why, '<!channel>`*x*`\n&'),
          result
        })
        expect(violations(message.blocks)).toEqual([])
        expect(message.text).not.toContain('<')
        expect(shown(message)).toContain('d-1')
        expect(shown(message)).not.toContain('<!channel>')
      }
    }
  })

  test.each(LANGUAGES)('in %s says in its header how it has ended', (language) => {
    for (const end of ['none', 'succeeded', 'failed'] as const) {
      const because = whyUngated(language, 'no-hook', undefined)
      const stopped = { language, deploymentId: 'd-1', watchedAs: 'a/b', because } as const
      const message = renderUngated({ ...stopped, result: 'stopped', end })
      expect(violations(message.blocks)).toEqual([])
      const { header, sentence } = (language === 'en' ? EN : KO).ungatedEnd[end]
      expect(message.text.endsWith(`, ${header}`)).toBe(true)
      expect(shown(message)).toContain(sentence.slice(0, 20))
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
