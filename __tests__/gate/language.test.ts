import { describe, expect, test } from '@jest/globals'
import { NO_TARGET_GROUP } from '../../src/ledger/gate-facts.ts'
import { renderCard } from '../../src/gate/card/render.ts'
import type { CardView, DecisionView } from '../../src/gate/card/view.ts'
import { IN_LEDGER } from '../../src/gate/decide/reasons.ts'
import { PolicyError } from '../../src/gate/policy/parse.ts'
import type { Policy } from '../../src/gate/policy/policy.ts'
import { runLabel } from '../../src/gate/request/run-label.ts'
import { gateId } from '../../src/ledger/keys.ts'
import { findGate } from '../../src/ledger/gates.ts'
import { NOW, VIEW } from './card/views.ts'
import { textsIn } from './card/slack-limits.ts'
import { MINUTE, policyWith } from './memory-world.ts'
import { DEPLOYMENT, EXECUTION, inTime, stage, type Stage } from './stage.ts'

type Language = Policy['language']
const inLanguage = (language: Language): Policy => policyWith({}, { language })

/** Every text of a message, without the joiners that keep it from being formatted. */
function texts(message: unknown): string {
  return textsIn(message)
    .map(({ text }) => text.replaceAll('\u2060', ''))
    .join('\n')
}

/** The card of the gate that closed, whose first change was that, if it was not posted so. */
function closedCard({ slack }: Stage): string {
  return texts(slack.updates[0]?.message ?? slack.shown)
}

/** How a gate closes without anybody: what happens, what the ledger says, what a Korean card says. */
const CLOSINGS: Record<
  string,
  {
    readonly state: 'FAILED' | 'WITHDRAWN'
    readonly english: string
    readonly korean: string
    readonly happens: (language: Language) => Promise<Stage>
  }
> = {
  'the policy cannot be used': {
    state: 'FAILED',
    english: 'the policy cannot be used: quorum: found 0',
    korean: '정책을 사용할 수 없습니다: quorum: found 0',
    async happens(language) {
      const place = stage(new PolicyError(['quorum: found 0']))
      await place.hook()
      // Without a policy there is no channel: the card comes once there is one again.
      place.policy = inLanguage(language)
      await place.sweep()
      return place
    }
  },
  'the card could not be posted': {
    state: 'FAILED',
    english: 'the card could not be posted to Slack',
    korean: 'Slack에 카드를 게시하지 못했습니다',
    async happens(language) {
      const place = stage(inLanguage(language))
      place.slack.down = 'network'
      await inTime(place, place.hook())
      place.slack.down = undefined
      await place.clock.advance(MINUTE)
      await place.sweep()
      return place
    }
  },
  'a newer deployment took its place': {
    state: 'WITHDRAWN',
    english: 'superseded by d-NEWER',
    korean: '새 배포로 대체되었습니다: d-NEWER',
    async happens(language) {
      const place = stage(inLanguage(language))
      await place.hook()
      const describe = place.plane.describe.bind(place.plane)
      place.plane.describe = async (id) => {
        const deployment = await describe(id)
        return { ...deployment, createdAt: deployment.createdAt + MINUTE }
      }
      await place.hook({ deploymentId: 'd-NEWER', token: 'newer' })
      return place
    }
  },
  'the deployment has ended': {
    state: 'WITHDRAWN',
    english: 'the deployment has ended',
    korean: '배포가 이미 끝났습니다',
    async happens(language) {
      const place = stage(inLanguage(language))
      await place.hook()
      place.plane.ended = { status: 'stopped', rollback: 'none', at: place.clock.now() }
      await place.clock.advance(MINUTE)
      await place.sweep()
      return place
    }
  }
}

describe('a gate that closed by itself', () => {
  test.each(Object.entries(CLOSINGS))(
    '%s: the card says it in its language, the ledger in English',
    async (_, { state, english, korean, happens }) => {
      const place = await happens('ko')
      const reason = { state, decision: { by: [], reason: english } }
      expect(await findGate(place.table, gateId(DEPLOYMENT, [EXECUTION]))).toMatchObject(reason)
      const shown = closedCard(place)
      expect(shown).toContain(`사유: ${korean}`)
      expect(shown).not.toContain(english)
    }
  )

  test.each(Object.entries(CLOSINGS))(
    '%s: an English card says what the ledger says',
    async (_, { english, happens }) => {
      expect(closedCard(await happens('en'))).toContain(`Reason: ${english}`)
    }
  )
})

describe('a Korean card shows as it was written', () => {
  const shown = (change: Partial<CardView>): string =>
    texts(renderCard({ ...VIEW, language: 'ko', ...change }))
  const decision: DecisionView = {
    state: 'REJECTED',
    at: NOW,
    by: ['U0ANN'],
    names: ['Ann'],
    reason: undefined,
    breakGlass: false,
    effect: 'APPLIED'
  }
  const sentences = [
    IN_LEDGER['policy-unusable']('x'),
    IN_LEDGER['card-not-posted'](),
    IN_LEDGER['gave-up']('x'),
    IN_LEDGER['told-before'](),
    IN_LEDGER.superseded('d-2'),
    IN_LEDGER['deployment-ended']()
  ]

  test.each(
    sentences.flatMap((reason): [string, string, Partial<DecisionView>][] => [
      [reason, "a person's rejection", {}],
      [reason, 'a rejection by evidence, which names itself', { by: [] }],
      [
        reason,
        'a job that breaks the glass and whose logins nobody maps',
        { state: 'APPROVED', by: [], breakGlass: true }
      ],
      [reason, 'a person, whatever the state', { state: 'WITHDRAWN' }]
    ])
  )('"%s" of %s', (reason, _, change) => {
    expect(shown({ decision: { ...decision, ...change, reason } })).toContain(`사유: ${reason}`)
  })

  test.each(['the deployment has ended early', 'not superseded by d-2', ''])(
    'a reason that is none of these: "%s"',
    (reason) => {
      const closed = { ...decision, state: 'FAILED', by: [], reason } as const
      expect(shown({ decision: closed })).toContain(`사유: ${reason}`)
    }
  )

  test.each(['4711', 'run', 'build 4711, attempt 2'])('a run called "%s"', (label) => {
    expect(shown({ run: { label, url: undefined } })).toContain(`  ·  ${label}  ·  `)
  })
})

describe('facts of which the gate itself has written the words', () => {
  test.each([
    ['en', runLabel('4711'), 'run 4711'],
    ['en', runLabel('4711', '2'), 'run 4711, attempt 2'],
    ['ko', runLabel('4711'), '실행 4711'],
    ['ko', runLabel('4711', '2'), '실행 4711, 시도 2']
  ] as const)('in %s, %s: %s', (language, label, text) => {
    const run = { label, url: 'https://github.com/org/shop/actions/runs/4711' }
    expect(texts(renderCard({ ...VIEW, language, run }))).toContain(`|${text}>`)
  })

  test.each([
    ['en', 'could not be read: green has no target group yet'],
    ['ko', '읽을 수 없습니다: 그린에 아직 대상 그룹이 없습니다']
  ] as const)('in %s: green has no targets yet', (language, text) => {
    const health = { targetGroup: undefined, states: {}, unavailable: NO_TARGET_GROUP }
    expect(texts(renderCard({ ...VIEW, language, health }))).toContain(text)
  })
})
