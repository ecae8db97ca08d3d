import { checklistWords } from '../../release/checklist-words.ts'
import { checklist, type CheckState } from '../../release/checklist.ts'
import { decidedBy, namesOf } from '../../release/decision.ts'
import { duration } from '../../release/elapsed.ts'
import { decisionWords, utc } from '../../release/report-words.ts'
import type { Report } from '../../release/report.ts'
import { badge, code, facts, section, type Kind } from '../blocks.ts'
import { markup, NOTHING, type Markup } from '../markup.ts'

/** Who decided, when and why. */
export function decision({ decision: found }: Report): Markup {
  if (!found) return NOTHING
  const { state, by, breakGlass, openedAt, decidedAt, reason, votes, effect, head } = found
  const { logins, verified, why } = found.requester
  const kind: Kind = state === 'APPROVED' ? 'good' : state === 'PENDING' ? 'open' : 'bad'
  const who = decidedBy(found)
  return section(
    'Decision',
    facts([
      ['Decision', badge(kind, decisionWords(state))],
      ['By', who === undefined ? undefined : markup`${who}`],
      [
        'Break-glass',
        breakGlass ? badge('attention', 'approved against the rules of the gate') : undefined
      ],
      ['Reason', reason === undefined ? undefined : markup`${reason}`],
      ['Gate opened', markup`${utc(openedAt)} UTC`],
      [
        'Decided',
        decidedAt === undefined
          ? undefined
          : markup`${utc(decidedAt)} UTC, after ${duration(decidedAt - openedAt)}`
      ],
      [
        'Approvals',
        votes.length > 1 || (votes.length === 1 && by.length !== 1)
          ? markup`${votes.map(({ id, name, at }) => `${namesOf([{ id, name }])} at ${utc(at)}`).join('; ')}`
          : undefined
      ],
      [
        'Asked for by',
        markup`${logins.length === 0 ? 'not known' : logins.join(', ')}, ${verified ? "proven by GitHub's token" : `not proven${why === undefined ? '' : ` (${why})`}`}`
      ],
      [
        'CodeDeploy',
        effect === 'LATE' ? badge('bad', 'no longer waited when it was told') : undefined
      ],
      ['On record', head === undefined ? undefined : code(head)]
    ])
  )
}

const STATES: Readonly<Record<CheckState, readonly [Kind, string]>> = {
  done: ['good', 'done'],
  attention: ['attention', 'look'],
  failed: ['bad', 'failed'],
  open: ['open', 'open'],
  skipped: ['skipped', 'n/a']
}

export function checks(report: Report): Markup {
  return section(
    'Checklist',
    markup`<ul class="checklist">
${checklist(report).map(({ what, state, detail }) => markup`<li>${badge(...STATES[state])}<span><b>${checklistWords(what)}</b> <span class="detail">${detail}</span></span></li>\n`)}</ul>
`
  )
}
