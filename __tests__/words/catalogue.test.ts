import { expect, test } from '@jest/globals'
import { KO } from '../../src/words/ko/catalogue.ts'
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

test('a translation shows every value of its sentence', () => {
  const different = Object.entries(KO).filter(
    ([english, korean]) => placesOf(english).join() !== placesOf(korean).join()
  )
  expect(different).toEqual([])
})

test('no translation offers two particles for the reader to choose from', () => {
  const double = /[이가은는을를과와]\([이가은는을를과와]\)|\(으\)로|\(이\)/
  expect(Object.values(KO).filter((korean) => double.test(korean))).toEqual([])
})

test('a particle after a value suits every value', () => {
  // Which of 이/가, 은/는, 을/를, 과/와, 으로/로 is right depends on the last sound of the value.
  const bare = /\{\d+\}(이|가|은|는|을|를|과|와|으로|로)(?=[\s.,:;)]|$)/
  expect(Object.values(KO).filter((korean) => bare.test(korean))).toEqual([])
})

test('a sentence is found with its places, and where it stands', () => {
  const code = 'const a = say`${n} of ${m} answer`\nconst b = say`plain`\nconst c = tell`not this`'
  expect(sentencesIn('a.ts', code)).toEqual([
    { english: '{0} of {1} answer', where: 'a.ts:1' },
    { english: 'plain', where: 'a.ts:2' }
  ])
})
