import { expect, test } from '@jest/globals'
import { refusalWords } from '../../src/action/break-glass-words.ts'
import { BREAK_GLASS_REFUSALS } from '../../src/ledger/gate-facts.ts'
import { speaking } from '../../src/words/say.ts'

test.each(['en', 'ko'] as const)('every refusal has its own sentence: %s', async (language) => {
  const said = await speaking(language, async () =>
    BREAK_GLASS_REFUSALS.map((why) => refusalWords({ why, about: 'd-ABC' }))
  )
  expect(new Set(said).size).toBe(BREAK_GLASS_REFUSALS.length)
  for (const sentence of said) expect(sentence).toMatch(/^[^{}]+(\{id-token: write\}`[^{}]*)?$/)
})
