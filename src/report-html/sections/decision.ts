import {
  checklistWords,
  type ChecklistItem,
  type CheckState
} from '../../release/checklist-words.ts'
import { checklist } from '../../release/checklist.ts'
import { decidedBy, namesOf, type GateDecision } from '../../release/decision.ts'
import { duration } from '../../release/elapsed.ts'
import { decisionWords, utc } from '../../release/report-words.ts'
import type { Report } from '../../release/report.ts'
import { say } from '../../words/say.ts'
import { badge, code, facts, folded, type Kind } from '../blocks.ts'
import { markup, NOTHING, prose, type Markup } from '../markup.ts'

/** Who decided, when and why. */
export function decision({ decision: found, where }: Report): Markup {
  if (!found) return NOTHING
  const { state, by, breakGlass, openedAt, decidedAt, reason, votes, effect, head } = found
  const kind: Kind = state === 'APPROVED' ? 'good' : state === 'PENDING' ? 'open' : 'bad'
  const who = decidedBy(found)
  const after = decidedAt === undefined ? undefined : duration(decidedAt - openedAt)
  return folded(
    {
      title: say`Decision`,
      gist: [decisionWords(state), who].filter((part) => part !== undefined).join(', ')
    },
    facts([
      [say`Decision`, badge(kind, decisionWords(state))],
      [say`By`, who === undefined ? undefined : markup`${who}`],
      [
        say`Break-glass`,
        breakGlass ? badge('attention', say`approved against the rules of the gate`) : undefined
      ],
      [say`Reason`, reason === undefined ? undefined : prose(reason)],
      [say`Gate opened`, markup`${utc(openedAt)} UTC`],
      [
        say`Decided`,
        decidedAt === undefined || after === undefined
          ? undefined
          : markup`${say`${utc(decidedAt)} UTC, after ${after}`}`
      ],
      [
        say`Approvals`,
        votes.length > 1 || (votes.length === 1 && by.length !== 1)
          ? markup`${votes.map(({ id, name, at }) => say`${namesOf([{ id, name }])} at ${utc(at)}`).join('; ')}`
          : undefined
      ],
      [say`Asked for by`, markup`${askedBy(found)}`],
      [
        where.sides ? say`Traffic` : 'CodeDeploy',
        effect === 'LATE'
          ? badge(
              'bad',
              where.sides
                ? say`the traffic no longer waited for the decision`
                : say`no longer waited when it was told`
            )
          : undefined
      ],
      [say`On record`, head === undefined ? undefined : code(head)]
    ])
  )
}

function askedBy({ requester: { logins, verified, why } }: GateDecision): string {
  const who = logins.length === 0 ? say`not known` : logins.join(', ')
  if (verified) return say`${who}, proven by GitHub's token`
  return why === undefined ? say`${who}, not proven` : say`${who}, not proven (${why})`
}

const KINDS: Readonly<Record<CheckState, Kind>> = {
  done: 'good',
  attention: 'attention',
  failed: 'bad',
  open: 'open',
  skipped: 'skipped'
}

function stateWords(state: CheckState): string {
  switch (state) {
    case 'done':
      return say`done`
    case 'attention':
      return say`to look at`
    case 'failed':
      return say`failed`
    case 'open':
      return say`open`
    case 'skipped':
      return say`n/a`
  }
}

export function checks(report: Report): Markup {
  const items = checklist(report)
  return folded(
    { title: say`Checklist`, gist: gistOf(items) },
    markup`<ul class="checklist">
${items.map(({ what, state, detail }) => markup`<li>${badge(KINDS[state], stateWords(state))}<span><b>${checklistWords(what, report.deployment?.sides)}</b> <span class="detail">${prose(detail)}</span></span></li>\n`)}</ul>
`
  )
}

/** What a reader has to know first: how many have failed, then the rest. */
function gistOf(items: readonly ChecklistItem[]): string {
  const states: readonly CheckState[] = ['failed', 'attention', 'open', 'done', 'skipped']
  return states
    .map((state) => ({ state, found: items.filter((item) => item.state === state).length }))
    .filter(({ found }) => found > 0)
    .map(({ state, found }) => `${found} ${stateWords(state)}`)
    .join(', ')
}
