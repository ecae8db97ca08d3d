import type { ActionsBlock, Button } from '@slack/types'
import { LIMITS, plainText } from '../blocks.ts'
import { ACTIONS } from '../actions.ts'
import { plain } from '../escape.ts'
import { imagesInPlain } from '../versions.ts'
import type { CardView } from '../view.ts'
import type { Words } from '../words/words.ts'
import { againstApproval } from './evidence.ts'

/**
 * Approve only where somebody can, Reject until it is decided, Roll back while the gate's own
 * functions move the traffic, Details always. Approve is the
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
  if (decision) {
    const elements = canRollBack(view) ? [rollBack(view, words), details] : [details]
    return [{ type: 'actions', block_id: 'gate', elements }]
  }
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

/** While the gate's own functions move the traffic, and until somebody has said that they go back. */
export function canRollBack({ shift, decision, trafficResult, rollback }: CardView): boolean {
  if (shift?.kind !== 'steps' || decision?.state !== 'APPROVED' || rollback) return false
  return decision.effect !== 'LATE' && (trafficResult?.status ?? 'shifting') === 'shifting'
}

function rollBack(view: CardView, words: Words): Button {
  const service = plain(`${view.cluster}/${view.service}`, 60)
  const side = view.shift?.kind === 'steps' ? plain(view.shift.to, 60) : ''
  return {
    type: 'button',
    action_id: ACTIONS['roll-back'],
    value: view.gateId,
    style: 'danger',
    text: plainText(words.rollBack, LIMITS.button),
    confirm: {
      title: plainText(words.rollBackTitle, LIMITS.confirmTitle),
      text: plainText(words.rollBackText(service, side), LIMITS.confirmText),
      confirm: plainText(words.rollBack, LIMITS.confirmButton),
      deny: plainText(words.cancel, LIMITS.confirmButton),
      style: 'danger'
    }
  }
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
