import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { viewProblems } from '../../../emulator/slack/blocks.ts'
import { renderDetails, renderNotice } from '../../../src/gate/card/details.ts'
import type { CardView, DecisionView } from '../../../src/gate/card/view.ts'
import { textsIn } from './slack-limits.ts'
import { anyView, NOW, VIEW } from './views.ts'

const details = (change: Partial<CardView> = {}, mayBreakGlass = false) =>
  renderDetails({ ...VIEW, ...change }, { mayBreakGlass })
const shown = (change: Partial<CardView> = {}): string =>
  textsIn(details(change).blocks)
    .map(({ text }) => text)
    .join('\n')

const CHANGES: CardView['changes'] = [
  { path: 'containerDefinitions[app].environment[LEVEL]', kind: 'changed' },
  { path: 'cpu', kind: 'changed', before: '256', after: '512' },
  { path: 'containerDefinitions[proxy]', kind: 'added' },
  { path: 'containerDefinitions[app].healthCheck.interval', kind: 'removed' }
]

describe('the details', () => {
  test('have the whole difference, grouped by container', () => {
    expect(shown({ changes: CHANGES })).toContain(
      [
        '*`app`*',
        '•  `environment[LEVEL]` changed',
        '•  `healthCheck.interval` removed',
        '*`proxy`*',
        '•  the container is added',
        '*Whole task definition*',
        '•  `cpu` changed  `256` → `512`'
      ].join('\n')
    )
  })

  test.each([
    ['full addresses', '`registry.example/orders:1.4.1` → `registry.example/orders:1.4.2`'],
    ['the whole digest', `\`sha256:${'ab12'.repeat(16)}\``],
    ['all evidence', ':white_check_mark: `routes` passed (required): 12 of 12 answered'],
    ['each target with its health', '•  `10.0.1.5:8080` `unhealthy`: Health checks failed'],
    ['when the targets were looked at', 'as of <!date^'],
    ['what else is moving', '•  `shop/payment` is shifting traffic'],
    ['the deployment', 'deployments/d-ABC123|d-ABC123>'],
    ['who asked', '`octocat` <@U0ASK>']
  ])('show %s', (_, text) => {
    const targets = [
      { id: '10.0.1.5:8080', state: 'unhealthy', description: 'Health checks failed' }
    ]
    expect(shown({ health: { ...VIEW.health, targets } })).toContain(text)
  })

  test('of a release that is decided are its story, without a button', () => {
    const decision: DecisionView = {
      state: 'APPROVED',
      at: NOW,
      by: ['U0ANN'],
      names: ['Ann Lee'],
      reason: undefined,
      breakGlass: false,
      effect: 'APPLIED'
    }
    const text = shown({ decision })
    expect(text).toContain('*Approved* by Ann Lee')
    expect(text).not.toContain('Approving moves')
    expect(JSON.stringify(details({ decision }, true))).not.toContain('gate_break_glass')
  })

  test('have the button of break-glass for whoever may, and nobody else', () => {
    expect(JSON.stringify(details({ breakGlass: true }))).not.toContain('gate_break_glass')
    const { blocks, private_metadata: gate } = details({}, true)
    expect(gate).toBe('d-ABC123#0f')
    expect(blocks.at(-1)).toMatchObject({
      type: 'actions',
      elements: [{ action_id: 'gate_break_glass', value: 'd-ABC123#0f', style: 'danger' }]
    })
  })

  test('say what is cut, and where it stands in full', () => {
    const changes = Array.from({ length: 300 }, (_, index) => ({
      path: `containerDefinitions[app].environment[VARIABLE_WITH_A_LONG_NAME_${index}]`,
      kind: 'added' as const
    }))
    expect(shown({ changes })).toMatch(
      /_… and \d+ more, in full: <https:\/\/github\.com\/org\/shop\/actions\/runs\/4711\|run 4711>_/
    )
    expect(shown({ changes, run: undefined })).toMatch(/in full: <https:[^|>]*d-ABC123\|d-ABC123>_/)
    const containers = Array.from({ length: 80 }, (_, index) => ({
      path: `containerDefinitions[c${index}].image`,
      kind: 'added' as const
    }))
    expect(shown({ changes: containers })).toContain('_… and 20 more, in full: ')
  })

  test.each(['en', 'ko'] as const)(
    'count every change that they leave out, and link all: %s',
    (language) => {
      const changes = Array.from({ length: 40 * 60 }, (_, index) => ({
        path: `containerDefinitions[c${index % 40}].environment[VARIABLE_WITH_A_LONG_NAME_${index}]`,
        kind: 'added' as const
      }))
      const text = shown({ changes, language })
      const cuts = text.matchAll(
        /_…[^0-9\n]*(\d+)[^\n]*<https:\/\/github\.com\/org\/shop\/actions\/runs\/4711\|run 4711>_/g
      )
      const left = [...cuts].reduce((sum, [, count]) => sum + Number(count), 0)
      expect(left + (text.match(/VARIABLE_WITH_A_LONG_NAME/g) ?? []).length).toBe(2_400)
      expect(text).not.toMatch(/_… (shortened|이하 생략)_/)
      expect(JSON.stringify(details({ changes, language }).blocks).length).toBeLessThan(60_001)
    }
  )

  test('whatever the texts: nothing that Slack refuses, and no button lost', () => {
    fc.assert(
      fc.property(anyView, fc.boolean(), (view, mayBreakGlass) => {
        const modal = renderDetails(view, { mayBreakGlass })
        // The judge is the emulated Slack, which knows Slack's limits and not ours.
        expect(viewProblems(JSON.parse(JSON.stringify(modal)))).toEqual([])
        expect(modal.blocks.length).toBeLessThanOrEqual(100)
        // Slack sends the view back with a click in it, form-encoded: a callback reads 512 KiB.
        const payload = new URLSearchParams({ payload: JSON.stringify({ view: modal }) })
        expect(payload.toString().length).toBeLessThan(500 * 1024)
        for (const { type, text } of textsIn(modal.blocks)) {
          if (type === 'mrkdwn') expect(text).not.toMatch(/<!(here|channel|everyone)/)
        }
        const hasGlass = JSON.stringify(modal).includes('"gate_break_glass"')
        expect(hasGlass).toBe(mayBreakGlass && view.decision === undefined)
      }),
      { numRuns: 300 }
    )
  })
})

test.each(['en', 'ko'] as const)(
  'a notice above the details keeps to the limits: %s',
  (language) => {
    const notice = renderNotice('x'.repeat(9_000), { language })
    expect(viewProblems(JSON.parse(JSON.stringify(notice)))).toEqual([])
  }
)
