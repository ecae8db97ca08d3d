import type { ClosedState } from '../../ledger/gate.ts'
import type { Decider } from '../../release/decision.ts'
import type { Denial } from '../policy/authorise.ts'
import type { Language } from '../../words/language.ts'
import { moment } from './date.ts'
import { mention, plain, said } from './escape.ts'
import { closedText } from './sections/obstacles.ts'
import { wordsIn } from './words/in-language.ts'

/** Why a click did not do what it says on the button. */
export type Refusal =
  | Denial
  | { readonly why: 'ledger-failed' }
  | { readonly why: 'details-failed' }
  | { readonly why: 'policy-unreadable' }
  | { readonly why: 'elsewhere' }
  | { readonly why: 'other-message' }
  | { readonly why: 'unknown-gate' }
  | { readonly why: 'reason-missing' }
  | { readonly why: 'green-unread' }
  | { readonly why: 'green-changed' }
  | { readonly why: 'nothing-moves' }
  | { readonly why: 'rolled-back-before'; readonly by: Decider; readonly at: number }
  | {
      readonly why: 'already-closed'
      readonly state: ClosedState
      readonly by: readonly Decider[]
      readonly at: number
    }

/** Where it is shown: as a message, in mrkdwn, or at a modal's field, which is plain text. */
export type Place = 'message' | 'field'

/** Said to the person alone. */
export function renderRefusal(refusal: Refusal, language: Language, place: Place): string {
  const words = wordsIn(language)
  switch (refusal.why) {
    case 'ledger-failed':
      return words.ledgerFailed
    case 'details-failed':
      return words.detailsFailed
    case 'policy-unreadable':
      return words.policyUnreadable
    case 'elsewhere':
      return words.elsewhere
    case 'other-message':
      return words.otherMessage
    case 'unknown-gate':
      return words.unknownGate
    case 'reason-missing':
      return words.reasonMissing
    case 'green-unread':
      return words.greenUnread
    case 'green-changed':
      return words.greenOther
    case 'nothing-moves':
      return words.nothingMoves
    case 'rolled-back-before':
      return words.rolledBackBefore(mention(refusal.by.id), moment(refusal.at))
    case 'already-closed': {
      const { state, by, at } = refusal
      const people = by
        .slice(0, 10)
        .map(({ id, name }) => (place === 'message' ? mention(id) : plain(name, 60)))
      const when =
        place === 'message' ? moment(at) : `${new Date(at).toISOString().slice(11, 16)} UTC`
      return words.already[state](people.join(', ') || words.theEvidence, when)
    }
    case 'outsider':
      return words.outsider[refusal.kind]
    case 'nobody-can':
      return words.closed(closedText(refusal.closed, words))
    case 'frozen':
      return words.frozen(some(refusal.windows))
    case 'evidence-outstanding':
      return words.outstanding(some(refusal.names))
    case 'evidence-against':
      return words.against(some(refusal.names))
    default:
      return words.denied[refusal.why]
  }
}

/** The first names, and of each no more than people need to know it again. */
function some(names: readonly string[]): string {
  return names
    .slice(0, 5)
    .map((name) => said(name, 80))
    .join(', ')
}
