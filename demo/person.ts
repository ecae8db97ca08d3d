import type { Message } from '../emulator/slack/workspace.ts'
import type { Slack } from '../emulator/slack/server.ts'
import type { Decision } from './arguments.ts'
import { APPROVER } from './gate.ts'

/** Resolves with the gate's card once it stands in the channel. */
export function cardIn({ workspace }: Slack): Promise<Message> {
  return new Promise((resolve) => {
    const look = (): void => {
      const [card] = workspace.messages
      if (!card) return
      stop()
      resolve(card)
    }
    const stop = workspace.onChange(look)
    look()
  })
}

/** Does on Slack what an approver would: presses a button, and gives the reason where one is asked for. */
export async function decideIn(slack: Slack, { ts }: Message, decision: Decision): Promise<void> {
  await slack.click(APPROVER, ts, decision === 'approve' ? 'gate_approve' : 'gate_reject')
  if (decision === 'reject') {
    await slack.submit(APPROVER, { reason: 'Totals of version 2 are wrong' })
  }
}
