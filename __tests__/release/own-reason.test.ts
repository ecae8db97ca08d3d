import { expect, test } from '@jest/globals'
import { IN_LEDGER, OWN_REASONS } from '../../src/gate/decide/reasons.ts'
import { reasonWords } from '../../src/release/own-reason.ts'
import { speaking } from '../../src/words/say.ts'

const decided = (reason: string) => ({ state: 'FAILED', by: [], reason }) as const

test.each(OWN_REASONS)("the reason %s of the gate is said in the run's language", async (code) => {
  const reason = IN_LEDGER[code]('d-ABC')
  expect(reasonWords(decided(reason))).toBe(reason)
  const korean = await speaking('ko', async () => reasonWords(decided(reason)))
  expect(korean).toMatch(/[가-힣]/)
  expect(korean?.includes('d-ABC')).toBe(reason.includes('d-ABC'))
})

test('what a person wrote is shown as it is', async () => {
  const reason = IN_LEDGER['card-not-posted']()
  const by = [{ id: 'U1', name: 'Ann' }]
  const said = await speaking('ko', async () => [
    reasonWords({ state: 'REJECTED', by, reason }),
    reasonWords({ state: 'REJECTED', by: [], reason }),
    reasonWords(decided('something else')),
    reasonWords({ state: 'FAILED', by: [], reason: undefined })
  ])
  expect(said).toEqual([reason, reason, 'something else', undefined])
})
