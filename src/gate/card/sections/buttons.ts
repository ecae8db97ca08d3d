import type { ActionsBlock, Button } from '@slack/types'
import { LIMITS, plainText } from '../blocks.ts'
import { ACTIONS } from '../actions.ts'
import { plain } from '../escape.ts'
import { imagesInPlain } from '../versions.ts'
import type { CardView } from '../view.ts'
import type { Words } from '../words/words.ts'
import { againstApproval } from './evidence.ts'

/**
 * Approve only where somebody can, Reject until it is decided, Details always. Approve is the
 * obvious button only if no required evidence is outstanding or speaks against it. Who may break
 * the glass finds that in the details, because a message is the same for everybody.
 */
export function buttons(view: CardView, words: Words): ActionsBlock[] {
  const { gateId: value, closedBecause, frozenBy, decision } = view
  const label = (text: string): Button['text'] => plainText(text, LIMITS.button)
  const details: Button = {
    type: 'button',
    action_id: ACTIONS.details,
    value,
    text: label(words.details)
  }
  if (decision) return [{ type: 'actions', block_id: 'gate', elements: [details] }]
  const canApprove = closedBecause === undefined && frozenBy.length === 0
  const { pending, failed } = againstApproval(view)
  const style = pending.length + failed.length === 0 ? ({ style: 'primary' } as const) : {}
  const approve: Button = {
    type: 'button',
    action_id: ACTIONS.approve,
    value,
    ...style,
    text: label(words.approve),
    confirm: { ...confirmation(view, words), ...style }
  }
  const reject: Button = {
    type: 'button',
    action_id: ACTIONS.reject,
    value,
    style: 'danger',
    text: label(words.reject)
  }
  const elements = [...(canApprove ? [approve] : []), reject, details]
  return [{ type: 'actions', block_id: 'gate', elements }]
}

function confirmation(view: CardView, words: Words): NonNullable<Button['confirm']> {
  const service = plain(`${view.cluster}/${view.service}`, 60)
  const about = `${words.confirmText(service, imagesInPlain(view, 120))} ${words.shift(view.shift)}`
  return {
    title: plainText(words.confirmTitle, LIMITS.confirmTitle),
    text: plainText(about, LIMITS.confirmText),
    confirm: plainText(words.approve, LIMITS.confirmButton),
    deny: plainText(words.cancel, LIMITS.confirmButton)
  }
}
