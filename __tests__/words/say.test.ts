import { expect, test } from '@jest/globals'
import { KO } from '../../src/words/ko/catalogue.ts'
import { say, speaking } from '../../src/words/say.ts'

test('a sentence without a language is English, with its values in their places', () => {
  expect(say`${3} of ${'{0}'} answer`).toBe('3 of {0} answer')
})

test('what the catalogue lacks is said in English', async () => {
  expect(await speaking('ko', () => Promise.resolve(say`nobody ever says ${1}`))).toBe(
    'nobody ever says 1'
  )
})

test('two runs at once speak their own languages, after their awaits too', async () => {
  const [english, korean] = Object.entries(KO).find(([key]) => !key.includes('{')) ?? ['', '']
  expect(english).not.toBe(korean)
  const parts = Object.assign([english], { raw: [english] })
  const told = async (): Promise<string> => {
    await Promise.resolve()
    return say(parts)
  }
  expect(await Promise.all([speaking('ko', told), speaking('en', told), told()])).toEqual([
    korean,
    english,
    english
  ])
})

test('English inside of Korean is English', async () => {
  const inside = (): Promise<string> => speaking('en', () => Promise.resolve(say`passed`))
  expect(await speaking('ko', inside)).toBe('passed')
})
