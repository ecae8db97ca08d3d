import { describe, expect, test } from '@jest/globals'
import { APPROVER } from '../../demo/gate.ts'
import { decideIn } from '../../demo/person.ts'
import type { Interaction } from '../../emulator/slack/signed.ts'

const CARD = { ts: '1.000' }
const TAKEN: Interaction = { status: 200, body: '' }
/** As where the app has not answered in three seconds. */
const NOTHING: Interaction = { status: undefined, body: '' }

/** A Slack whose app answers so, one interaction after the other; `opens` is the click that opens the modal. */
function slackWith(answers: readonly (Interaction | Error)[], opens = 0) {
  const views = new Map<string, unknown>()
  const pressed: string[] = []
  let waits = 0
  let clicks = 0
  const next = (): Promise<Interaction> => {
    const answer = answers[pressed.length - 1] ?? NOTHING
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer)
  }
  return {
    pressed,
    waits: () => waits,
    wait: () => Promise.resolve(waits++),
    workspace: { views },
    click: (user: string, ts: string, action: string): Promise<Interaction> => {
      pressed.push(`${user} ${ts} ${action}`)
      if (++clicks === opens) views.set(user, 'the modal')
      return next()
    },
    submit: (user: string, { reason = '' }: Readonly<Record<string, string>>) => {
      pressed.push(`${user}: ${reason}`)
      return next()
    }
  }
}

const APPROVE = `${APPROVER} 1.000 gate_approve`
const REJECT = `${APPROVER} 1.000 gate_reject`
const REASON = `${APPROVER}: Totals of version 2 are wrong`

describe('who decides in the demo', () => {
  test('presses Approve once where that is taken', async () => {
    const slack = slackWith([TAKEN])
    expect(await decideIn(slack, CARD, 'approve', slack.wait)).toBe(true)
    expect(slack.pressed).toEqual([APPROVE])
    expect(slack.waits()).toBe(0)
  })

  test('presses it again where Slack had no answer in time', async () => {
    const slack = slackWith([NOTHING, { status: 500, body: '' }, TAKEN])
    expect(await decideIn(slack, CARD, 'approve', slack.wait)).toBe(true)
    expect(slack.pressed).toEqual([APPROVE, APPROVE, APPROVE])
    expect(slack.waits()).toBe(2)
  })

  test('finds the button gone where the gate had heard the first press after all', async () => {
    const slack = slackWith([NOTHING, new Error('1.000 has no element gate_approve')])
    expect(await decideIn(slack, CARD, 'approve', slack.wait)).toBe(true)
  })

  test('says why after Reject, once the modal is there, and until that is taken', async () => {
    const slack = slackWith([TAKEN, TAKEN, NOTHING, TAKEN], 2)
    expect(await decideIn(slack, CARD, 'reject', slack.wait)).toBe(true)
    expect(slack.pressed).toEqual([REJECT, REJECT, REASON, REASON])
  })

  test.each(['approve', 'reject'] as const)('gives up to %s one day', async (decision) => {
    const slack = slackWith([])
    expect(await decideIn(slack, CARD, decision, slack.wait)).toBe(false)
    expect(slack.pressed).toHaveLength(10)
    expect(slack.waits()).toBe(9)
  })

  test('cannot press what is not there', async () => {
    const slack = slackWith([new Error('1.000 has no element gate_approve')])
    await expect(decideIn(slack, CARD, 'approve', slack.wait)).rejects.toThrow('has no element')
  })
})
