import { serviceOf, type GateFacts } from '../../ledger/gate-facts.ts'
import { type Policy, rulesFor } from '../policy/policy.ts'
import { section } from './blocks.ts'
import { minutesUntil } from './date.ts'
import { code, mention } from './escape.ts'
import type { Message } from '../slack/slack.ts'
import { wordsIn } from './words/in-language.ts'

/** The reminder mentions at most this many people. */
const MOST_NAMED = 10

/** Writes a line for the card's thread that mentions the approvers, so that Slack notifies them. */
export function renderReminder(facts: GateFacts, policy: Policy, now: number): Message {
  const words = wordsIn(policy.language)
  const service = serviceOf(facts)
  const { users, groups } = rulesFor(policy, service).approvers
  const people = [...users.map(mention), ...groups.map((group) => `<!subteam^${group}>`)]
  const left = minutesUntil(facts.expiresAt, now)
  const line = words.remind(code(service), left, people.slice(0, MOST_NAMED).join(' '))
  return { text: line, blocks: section([line], words.more) }
}
