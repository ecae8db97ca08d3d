import { nameOf } from '../aws/console-url.ts'
import type { CheckResult } from '../release/report.ts'
import type { Settings } from '../release/settings.ts'
import type { Verification } from '../verification/file/model.ts'
import type { Followed } from '../release/followed.ts'
import { say } from '../words/say.ts'

/** Checks whether `recovery` of the verification file may stop a task of green. Pure. */
export function checkRecovery(
  { cluster }: Pick<Settings, 'cluster'>,
  { gate }: Pick<Followed, 'gate'>,
  verification: Verification | undefined
): CheckResult[] {
  const { recovery } = verification ?? {}
  if (!recovery) return []
  const name = 'recovery'
  if (nameOf(cluster) !== recovery.cluster) {
    const reason = say`\`recovery\` may stop tasks in the cluster ${recovery.cluster}, and this release is in ${nameOf(cluster)}; take the section out of this release's file`
    return [{ name, verdict: 'NG', reason }]
  }
  if (gate === 'none') {
    const reason = say`nothing holds production traffic back while a task of green is away: \`recovery\` needs a gate`
    return [{ name, verdict: 'NG', reason }]
  }
  const reason =
    recovery.side === 'green'
      ? say`one task of green in ${recovery.cluster} will be stopped`
      : say`one task of blue, which serves production, will be stopped in ${recovery.cluster}`
  return [{ name, verdict: 'OK', reason }]
}
