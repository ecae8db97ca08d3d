import { readdirSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { KO as KO_OF_CARD } from '../../src/gate/card/words/ko.ts'
import { KO } from '../../src/words/ko/catalogue.ts'
import type { Catalogue } from '../../src/words/language.ts'
import { sentencesIn, sentencesOf } from './sentences.ts'

const said = sentencesOf('src')
const keys = new Set(said.map(({ english }) => english))

function placesOf(text: string): readonly string[] {
  return [...new Set(text.match(/\{\d+\}/g))].sort()
}

test('every sentence that the action says exists in Korean', () => {
  const missing = said.filter(({ english }) => KO[english] === undefined)
  expect(missing).toEqual([])
})

test('the catalogue has no sentence that nobody says', () => {
  expect(Object.keys(KO).filter((english) => !keys.has(english))).toEqual([])
})

test('each sentence has one translation, in one file', async () => {
  const files = readdirSync('src/words/ko').filter((name) => name !== 'catalogue.ts')
  const parts = files.map(
    async (name) =>
      (await import(`../../src/words/ko/${name}`)) as Readonly<Record<string, Catalogue>>
  )
  const all = (await Promise.all(parts)).flatMap((part) => Object.values(part).flatMap(Object.keys))
  expect(all.length).toBeGreaterThan(1000)
  expect(all.filter((english, place) => all.indexOf(english) !== place)).toEqual([])
})

test('a translation shows every value of its sentence', () => {
  const different = Object.entries(KO).filter(
    ([english, korean]) => placesOf(english).join() !== placesOf(korean).join()
  )
  expect(different).toEqual([])
})

const DOUBLE = /[이가은는을를과와]\([이가은는을를과와]\)|\(으\)로|\(이\)/
/** Which of 이/가, 은/는, 을/를, 과/와, 으로/로 is right depends on the last sound of the value. */
const PARTICLE = '(이|가|은|는|을|를|과|와|으로|로)(?=[\\s.,:;)]|$)'

test('no translation offers two particles for the reader to choose from', () => {
  expect(Object.values(KO).filter((korean) => DOUBLE.test(korean))).toEqual([])
})

test('a particle after a value suits every value', () => {
  const bare = new RegExp(`\\{\\d+\\}${PARTICLE}`)
  expect(Object.values(KO).filter((korean) => bare.test(korean))).toEqual([])
})

describe("the words of the gate's card", () => {
  /** A value with which no word ends or begins. */
  const VALUE = '\u{1f7e6}'
  const sentences = sentencesWith(KO_OF_CARD, VALUE)

  test('are all looked at', () => {
    expect(sentences.length).toBeGreaterThan(150)
    expect(sentences).toContain(`${VALUE}: 배포 승인 대기 중`)
  })

  test('offer no two particles to choose from', () => {
    expect(sentences.filter((korean) => DOUBLE.test(korean))).toEqual([])
  })

  test('have no particle after a value that does not suit every value', () => {
    const bare = new RegExp(`${VALUE}\`?${PARTICLE}`, 'u')
    expect(sentences.filter((korean) => bare.test(korean))).toEqual([])
  })
})

/** Every sentence in the words, with `value` in each of its places. */
function sentencesWith(words: unknown, value: string): string[] {
  if (typeof words === 'string') return [words]
  if (typeof words === 'function') {
    const values = Array.from({ length: words.length }, () => value)
    return [String(Reflect.apply(words, undefined, values))]
  }
  return typeof words === 'object' && words !== null
    ? Object.values(words).flatMap((each) => sentencesWith(each, value))
    : []
}

test('a sentence is found with its places, and where it stands', () => {
  const code = 'const a = say`${n} of ${m} answer`\nconst b = say`plain`\nconst c = tell`not this`'
  expect(sentencesIn('a.ts', code)).toEqual([
    { english: '{0} of {1} answer', where: 'a.ts:1' },
    { english: 'plain', where: 'a.ts:2' }
  ])
})
