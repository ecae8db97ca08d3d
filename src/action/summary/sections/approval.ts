import { decidedBy, namesOf, type GateDecision } from '../../../release/decision.ts'
import { duration } from '../../../release/elapsed.ts'
import { decisionWords, utc } from '../../../release/report-words.ts'
import type { Report } from '../../../release/report.ts'
import { say } from '../../../words/say.ts'
import { list, type Section } from '../blocks.ts'
import { code, filled, line, strong, text, type Inline } from '../markdown.ts'

/** The decision with all that the ledger tells of it. */
export function approval({ decision, where }: Report): Section | undefined {
  if (!decision) return undefined
  const { state, reason, head } = decision
  const who = decidedBy(decision)
  const items = [
    verdict(decision),
    asked(decision),
    reason === undefined ? undefined : line`**${say`Reason`}** ${reason}`,
    votes(decision),
    effect(decision, where.sides !== undefined),
    head === undefined ? undefined : onRecord(head)
  ].filter((item) => item !== undefined)
  return {
    title: say`Decision`,
    importance: 91,
    folded: true,
    gist: text(who === undefined ? decisionWords(state) : `${decisionWords(state)}, ${who}`),
    blocks: [list(items)]
  }
}

function onRecord(head: string): Inline {
  const keep = filled(
    say`${'{0}'}: keep it, ${'{1}'} finds every later change with it`,
    code(head, 80),
    code('verify --head')
  )
  return line`**${say`On record`}** ${keep}`
}

function verdict(decision: GateDecision): Inline {
  const { state, breakGlass, openedAt, decidedAt } = decision
  const by = decidedBy(decision)
  const glass = breakGlass ? line`, **${say`break-glass`}**` : text('')
  const decided = strong(decisionWords(state))
  const who = by === undefined ? decided : filled(say`${'{0}'} by ${'{1}'}`, decided, strong(by))
  const said = line`${who}${glass}`
  if (decidedAt === undefined) return line`${said}, ${say`asked at ${utc(openedAt)} UTC`}`
  const took = duration(decidedAt - openedAt)
  const when = say`at ${utc(decidedAt)} UTC, ${took} after the gate opened`
  return line`${said}, ${when}`
}

function asked({ requester: { logins, verified, why } }: GateDecision): Inline {
  const who = logins.length === 0 ? say`not known` : logins.join(', ')
  const proof = verified
    ? say`${who}, proven by GitHub's token`
    : why === undefined
      ? say`${who}, not proven`
      : say`${who}, not proven (${why})`
  return line`**${say`Asked for by`}** ${proof}`
}

function votes({ votes: cast, by }: GateDecision): Inline | undefined {
  if (cast.length === 0 || (cast.length === 1 && by.length === 1)) return undefined
  const each = cast.map(({ id, name, at }) => say`${namesOf([{ id, name }])} at ${utc(at)}`)
  return line`**${say`Approvals`}** ${each.join('; ')}`
}

function effect({ state, effect: told }: GateDecision, isFailover: boolean): Inline | undefined {
  if (state === 'PENDING' || told === 'APPLIED') return undefined
  if (isFailover) {
    return told === 'LATE'
      ? line`**${say`Too late`}**: ${say`the traffic no longer waited for the decision`}`
      : text(say`the functions had not acted on it yet when this job looked`)
  }
  return told === 'LATE'
    ? line`**${say`Too late`}**: ${say`CodeDeploy no longer waited when it was told`}`
    : text(say`CodeDeploy had not been told yet when this job looked`)
}
