import type { ActionsBlock, Button } from '@slack/types'
import { LIMITS, plainText } from '../blocks.ts'
import { ACTIONS } from '../actions.ts'
import { plain } from '../escape.ts'
import type { CardView } from '../view.ts'
import type { Words } from '../words/words.ts'
import { imagesInPlain } from './change.ts'

/** Approve only where somebody can; Reject always; Break glass where the policy knows somebody who may. */
export function buttons(view: CardView, words: Words): ActionsBlock[] {
  const { gateId: value, closedBecause, frozenBy, breakGlass } = view
  const canApprove = closedBecause === undefined && frozenBy.length === 0
  const label = (text: string): Button['text'] => plainText(text, LIMITS.button)
  const elements: Button[] = []
  if (canApprove) {
    elements.push({
      type: 'button',
      action_id: ACTIONS.approve,
      value,
      style: 'primary',
      text: label(words.approve),
      confirm: confirmation(view, words)
    })
  }
  elements.push({
    type: 'button',
    action_id: ACTIONS.reject,
    value,
    style: 'danger',
    text: label(words.reject)
  })
  if (breakGlass) {
    elements.push({
      type: 'button',
      action_id: ACTIONS['break-glass'],
      value,
      text: label(words.breakGlass)
    })
  }
  return [{ type: 'actions', block_id: 'gate', elements }]
}

function confirmation(view: CardView, words: Words): NonNullable<Button['confirm']> {
  const service = plain(`${view.cluster}/${view.service}`, 90)
  const about = words.confirmText(service, imagesInPlain(view, 150))
  return {
    title: plainText(words.confirmTitle, LIMITS.confirmTitle),
    text: plainText(about, LIMITS.confirmText),
    confirm: plainText(words.approve, LIMITS.confirmButton),
    deny: plainText(words.cancel, LIMITS.confirmButton),
    style: 'primary'
  }
}
