import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { CHAPTER_MARKS, CHAPTERS, chapterOf } from '../../../src/gate/card/chapter.ts'
import { renderDigest } from '../../../src/gate/card/digest.ts'
import { renderCard } from '../../../src/gate/card/render.ts'
import type { CardView, DecisionView } from '../../../src/gate/card/view.ts'
import { EN } from '../../../src/gate/card/words/en.ts'
import { KO } from '../../../src/gate/card/words/ko.ts'
import type { TrafficResult } from '../../../src/ledger/gate.ts'
import { anyView, NOW, VIEW } from './views.ts'

const decision = (state: DecisionView['state'], effect: DecisionView['effect'] = 'APPLIED') => ({
  ...{ state, effect, at: NOW, by: [], names: [], reason: undefined, breakGlass: false }
})
const traffic = (
  status: TrafficResult['status'],
  rollback: TrafficResult['rollback'] = 'none',
  more: Partial<TrafficResult> = {}
): TrafficResult => ({ status, rollback, at: NOW, ...more })
const MOVED = { beganAt: NOW }

describe('the last that has happened to a release', () => {
  test.each<[string, CardView['decision'], CardView['trafficResult']]>([
    ['waiting', undefined, undefined],
    ['rejected', decision('REJECTED'), undefined],
    ['rejected', decision('REJECTED'), traffic('failed', 'succeeded')],
    ['expired', decision('EXPIRED'), traffic('failed')],
    ['gate-failed', decision('FAILED'), traffic('failed', 'in-progress')],
    ['withdrawn', decision('WITHDRAWN'), traffic('stopped', 'succeeded')],
    ['approved', decision('APPROVED', 'NONE'), undefined],
    ['approved', decision('APPROVED'), undefined],
    ['too-late', decision('APPROVED', 'LATE'), traffic('failed', 'succeeded')],
    ['shifting', decision('APPROVED'), traffic('shifting', 'none', MOVED)],
    ['shifted', decision('APPROVED'), traffic('shifting', 'none', { ...MOVED, shiftedAt: NOW })],
    ['released', decision('APPROVED'), traffic('released', 'none', { ...MOVED, shiftedAt: NOW })],
    ['failed', decision('APPROVED'), traffic('failed', 'none', MOVED)],
    ['stopped', decision('APPROVED'), traffic('stopped', 'none', MOVED)],
    ['rolling-back', decision('APPROVED'), traffic('stopped', 'in-progress', MOVED)],
    ['rolled-back', decision('APPROVED'), traffic('failed', 'succeeded', MOVED)],
    ['rollback-failed', decision('APPROVED'), traffic('failed', 'failed', MOVED)],
    // Whatever was decided, traffic that has moved is the last state.
    ['released', decision('WITHDRAWN'), traffic('released')],
    ['rolled-back', decision('REJECTED', 'LATE'), traffic('failed', 'succeeded', MOVED)]
  ])('%s', (chapter, decided, trafficResult) => {
    expect(chapterOf({ decision: decided, trafficResult })).toBe(chapter)
  })

  test('header, notification and digest say it with the same words', () => {
    fc.assert(
      fc.property(anyView, (given) => {
        const view = { ...given, service: 'orders', images: VIEW.images }
        const card = renderCard(view)
        const said = (view.language === 'ko' ? KO : EN).header[chapterOf(view)](
          'orders 1.4.1 → 1.4.2'
        )
        expect(card.text).toBe(said)
        expect(card.blocks[0]).toMatchObject({ type: 'header', text: { text: said } })
        expect(renderDigest(view).text).toBe(said)
      }),
      { numRuns: 200 }
    )
  })

  test('no two of them have the same sentence, and none is told by its mark alone', () => {
    for (const words of [EN, KO]) {
      const sentences = CHAPTERS.map((chapter) => words.header[chapter]('x'))
      expect(new Set(sentences).size).toBe(CHAPTERS.length)
    }
    expect(Object.keys(CHAPTER_MARKS)).toEqual(CHAPTERS)
  })
})
