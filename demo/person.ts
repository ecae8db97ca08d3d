import { setTimeout as pause } from 'node:timers/promises'
import type { Interaction } from '../emulator/slack/signed.ts'
import type { Message } from '../emulator/slack/workspace.ts'
import type { Slack } from '../emulator/slack/slack.ts'
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

/** What a person uses of it. */
export interface Workplace extends Pick<Slack, 'click' | 'submit'> {
  readonly workspace: { readonly views: ReadonlyMap<string, unknown> }
}

/** How often somebody tries who is told that it did not work. */
const TRIES = 10
const BETWEEN_TRIES_MS = 1_000

/**
 * Does on Slack what an approver would: presses a button, and gives the reason
 * where one is asked for; tries again where Slack had no answer in its three
 * seconds, or a modal came too late to be opened, as on a machine with much to do.
 * False where it never worked. Rejects where the card has no such button.
 */
export async function decideIn(
  slack: Workplace,
  { ts }: Pick<Message, 'ts'>,
  decision: Decision,
  wait: () => Promise<unknown> = () => pause(BETWEEN_TRIES_MS)
): Promise<boolean> {
  const { workspace } = slack
  if (decision === 'approve') return tried(() => slack.click(APPROVER, ts, 'gate_approve'), isTaken)
  const isAsked = await tried(
    () => slack.click(APPROVER, ts, 'gate_reject'),
    () => workspace.views.has(APPROVER)
  )
  const reason = 'Totals of version 2 are wrong'
  return isAsked && tried(() => slack.submit(APPROVER, { reason }), isTaken)

  async function tried(
    act: () => Promise<Interaction>,
    worked: (answer: Interaction) => boolean
  ): Promise<boolean> {
    for (let count = 0; count < TRIES; count++) {
      if (count > 0) await wait()
      // A button that is gone by the second time: the first press was heard after all.
      const answer = count === 0 ? await act() : await act().catch(() => undefined)
      if (!answer || worked(answer)) return true
    }
    return false
  }
}

function isTaken({ status }: Interaction): boolean {
  return status === 200
}
