import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { signedRequest } from '../../emulator/slack/signed.ts'
import { openGateStage, type GateStage } from './gate-stage.ts'

jest.setTimeout(120_000)

const REQUESTS = 1_000
const CONNECTIONS = 50

let stage: GateStage
const answers = new Map<number, number>()
let readBefore = 0
let readAfter = 0
let seconds = 0
let bodies = ''
let outputs: Readonly<Record<string, string>> = {}

/** A click that somebody has signed with a secret of their own. */
async function forge(url: string, now: number): Promise<void> {
  const payload = { type: 'block_actions', user: { id: 'U0ANN' }, actions: [] }
  const { body, headers } = signedRequest(payload, 'a guess', now)
  const answer = await fetch(url, { method: 'POST', body, headers })
  bodies += await answer.text()
  answers.set(answer.status, (answers.get(answer.status) ?? 0) + 1)
}

/** How often the callback has read the ledger: it begins by getting the gate. */
function gatesRead(): number {
  const { calls, credentials } = stage.emulator
  const role = String(stage.app.stack.id('CallbackRole'))
  const isCallback = (key = ''): boolean => credentials.arnOf(key)?.includes(`/${role}/`) ?? false
  return calls.list('dynamodb:GetItem').filter(({ accessKeyId }) => isCallback(accessKeyId)).length
}

beforeAll(async () => {
  stage = await openGateStage()
  const { emulator, app, slack } = stage
  const step = await stage.start()
  const card = await stage.card()
  readBefore = gatesRead()
  const startedAt = emulator.world.clock.now()
  let left = REQUESTS
  const connection = async (): Promise<void> => {
    while (left-- > 0) await forge(app.interactivityUrl, emulator.world.clock.now())
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, connection))
  seconds = (emulator.world.clock.now() - startedAt) / 1000
  readAfter = gatesRead()
  // The bucket has run dry; Slack shows the person an error, and they click again.
  await emulator.world.clock.sleep(1_000)
  await slack.click('U0ANN', card.ts, 'gate_approve')
  outputs = (await step.result).outputs
})

afterAll(() => stage.close())

describe('threat: a flood of callbacks', () => {
  test('gets no further than the signature: no row of the ledger is read', () => {
    expect([...answers.values()].reduce((sum, count) => sum + count, 0)).toBe(REQUESTS)
    expect(readAfter).toBe(readBefore)
    // As the click that was allowed did.
    expect(gatesRead()).toBeGreaterThan(readAfter)
    expect(bodies).not.toMatch(/U0ANN|secret|signature/)
  })

  test('is thrown away by the API before it costs an invocation', () => {
    const refused = answers.get(429) ?? 0
    // The burst, and what comes in again meanwhile.
    expect(REQUESTS - refused).toBeLessThanOrEqual(50 + Math.ceil(seconds * 20) + 1)
    expect([...answers.keys()].filter((status) => status < 400)).toEqual([])
  })

  test('keeps nobody from approving afterwards', () => {
    expect(outputs).toMatchObject({ outcome: 'released', 'approval-status': 'approved' })
  })
})
