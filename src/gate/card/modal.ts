import type { ModalView } from '@slack/types'
import type { Language } from '../../words/language.ts'
import { ACTIONS } from './actions.ts'
import { plainText } from './blocks.ts'
import { wordsIn } from './words/in-language.ts'

/** The input's block, where Slack shows what is wrong with it. */
export const REASON_BLOCK = 'reason'

/** Long enough to say why, short enough to be shown whole on the card. */
const LONGEST_REASON = 500
const SHORTEST_REASON = 3

/** Slack, "Views": title, submit and close take 24 characters. */
const MODAL_BUTTON = 24

export interface ReasonModal {
  readonly language: Language
  /** `cluster/service` */
  readonly service: string
  readonly gateId: string
}

/** Asks for the reason that a rejection and a break-glass need. */
export function renderReasonModal(
  intent: 'reject' | 'break-glass',
  { language, service, gateId }: ReasonModal
): ModalView {
  const words = wordsIn(language)
  return {
    type: 'modal',
    callback_id: ACTIONS[intent],
    private_metadata: gateId,
    title: plainText(words.modalTitle[intent], MODAL_BUTTON),
    submit: plainText(intent === 'reject' ? words.reject : words.breakGlass, MODAL_BUTTON),
    close: plainText(words.cancel, MODAL_BUTTON),
    blocks: [
      { type: 'section', text: plainText(words.modalAbout[intent](service), 500) },
      {
        type: 'input',
        block_id: REASON_BLOCK,
        label: plainText(words.modalLabel[intent], 2_000),
        hint: plainText(words.modalHint, 2_000),
        element: {
          type: 'plain_text_input',
          action_id: 'text',
          multiline: true,
          min_length: SHORTEST_REASON,
          max_length: LONGEST_REASON
        }
      }
    ]
  }
}
