import type { Gate } from '../../ledger/gate.ts'
import { serviceOf } from '../../ledger/gate-facts.ts'
import { openGates } from '../../ledger/gates.ts'
import { renderDetails } from '../card/details.ts'
import { viewOf } from '../card/view-of-gate.ts'
import type { Platform } from '../platform.ts'
import { authorise } from '../policy/authorise.ts'
import { lookUp } from '../policy/person.ts'
import { type Policy, rulesFor } from '../policy/policy.ts'
import { within } from '../../release/within.ts'

/** Slack's trigger expires after 3 s, and one call of ours may take 1.5 s (slack/client.ts). */
const OTHERS_WITHIN_MS = 700

/**
 * Opens the details for whoever has asked for them, with the button of break-glass if this person
 * may break the glass now. If Slack does not say who it is, they have no such button.
 * Errors: SlackError if the modal could not be opened.
 */
export async function openDetails(
  platform: Platform,
  policy: Policy,
  gate: Gate,
  user: string,
  trigger: string
): Promise<void> {
  const { table, clock, slack } = platform
  const now = clock.now()
  const [moving, mayBreakGlass] = await Promise.all([
    gate.state === 'PENDING' ? within(clock, OTHERS_WITHIN_MS, othersThan(gate)) : [],
    gate.state === 'PENDING' && mayBreak()
  ])
  const view = viewOf(gate, { policy, moving: moving ?? [], now })
  await slack.openView(trigger, renderDetails(view, { mayBreakGlass }))

  /** What else is moving is worth showing, and not worth waiting for. */
  async function othersThan({ facts }: Gate): Promise<readonly Gate[]> {
    try {
      return (await openGates(table)).filter((each) => each.facts.id !== facts.id)
    } catch {
      return []
    }
  }

  async function mayBreak(): Promise<boolean> {
    const rules = rulesFor(policy, serviceOf(gate.facts))
    if ((rules.breakGlass?.users.length ?? 0) === 0) return false
    const person = await lookUp(slack, user, rules)
    const { requester } = gate.facts
    const intent = 'break-glass'
    return authorise({
      policy,
      rules,
      requester,
      person,
      intent,
      now,
      outstanding: [],
      against: []
    }).allowed
  }
}
