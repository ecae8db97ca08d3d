import { checkName } from '../../../release/check-names.ts'
import type { CheckResult, Report } from '../../../release/report.ts'
import { say } from '../../../words/say.ts'
import { table, type Section } from '../blocks.ts'
import { line, text } from '../markdown.ts'

const SIGNS: Readonly<Record<CheckResult['verdict'], string>> = {
  OK: '🟢',
  NG: '🔴',
  WARN: '🟡',
  SKIP: '⚪'
}

/** Every check with its reason. It is folded if the release went on from there. */
export function preflight({ preflight: checks, outcome }: Report): Section | undefined {
  if (checks.length === 0) return undefined
  const counts = (['NG', 'WARN', 'SKIP', 'OK'] as const)
    .map((verdict) => ({
      verdict,
      count: checks.filter((check) => check.verdict === verdict).length
    }))
    .filter(({ count }) => count > 0)
    .map(({ verdict, count }) => `${count} ${verdict}`)
  const inSight = outcome === 'planned' || outcome === 'refused'
  return {
    title: say`Pre-flight`,
    gist: text(counts.join(', ')),
    importance: inSight ? 80 : 50,
    folded: !inSight,
    blocks: [
      table(
        ['', say`Check`, say`Reason`],
        checks.map(({ name, verdict, reason }) => [
          line`${SIGNS[verdict]}\u00A0${verdict}`,
          text(checkName(name)),
          text(reason)
        ])
      )
    ]
  }
}
