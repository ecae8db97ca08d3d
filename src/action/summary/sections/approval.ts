import { decidedBy, namesOf, type GateDecision } from '../../../release/decision.ts'
import { duration } from '../../../release/elapsed.ts'
import type { Report } from '../../../release/report.ts'
import { list, type Section } from '../blocks.ts'
import { code, line, text, type Inline } from '../markdown.ts'
import { decisionWords, utc } from '../../../release/report-words.ts'

/** The decision with all that the ledger tells of it. */
export function approval({ decision }: Report): Section | undefined {
  if (!decision) return undefined
  const items = [
    verdict(decision),
    asked(decision),
    decision.reason === undefined ? undefined : line`**Reason** ${decision.reason}`,
    votes(decision),
    effect(decision),
    decision.head === undefined
      ? undefined
      : line`**On record** ${code(decision.head, 80)}: keep it, ${code('verify --head')} finds every later change with it`
  ].filter((item) => item !== undefined)
  return { title: 'Approval', importance: 91, blocks: [list(items)] }
}

function verdict(decision: GateDecision): Inline {
  const { state, breakGlass, openedAt, decidedAt } = decision
  const by = decidedBy(decision)
  const who = by === undefined ? text('') : line` by **${by}**`
  const glass = breakGlass ? line`, **break-glass**` : text('')
  if (decidedAt === undefined)
    return line`**${decisionWords(state)}**; asked at ${utc(openedAt)} UTC`
  const took = duration(decidedAt - openedAt)
  return line`**${decisionWords(state)}**${who}${glass} at ${utc(decidedAt)} UTC, ${took} after the gate opened`
}

function asked({ requester: { logins, verified, why } }: GateDecision): Inline {
  const who = logins.length === 0 ? text('not known') : text(logins.join(', '))
  if (verified) return line`**Asked for by** ${who}, proven by GitHub's token`
  return line`**Asked for by** ${who}, not proven${why === undefined ? text('') : line` (${why})`}`
}

function votes({ votes: cast, by }: GateDecision): Inline | undefined {
  if (cast.length === 0 || (cast.length === 1 && by.length === 1)) return undefined
  const each = cast.map(({ id, name, at }) => `${namesOf([{ id, name }])} at ${utc(at)}`)
  return line`**Approvals** ${each.join('; ')}`
}

function effect({ state, effect: told }: GateDecision): Inline | undefined {
  if (state === 'PENDING' || told === 'APPLIED') return undefined
  return told === 'LATE'
    ? line`**Too late**: CodeDeploy no longer waited when it was told`
    : line`CodeDeploy had not been told yet when this job looked`
}
