import type { Outcome } from '../../release/outcome.ts'
import type { DeploymentReport } from '../../release/report.ts'

/** The sign and the words the summary opens with. */
export const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {
  released: '✅ Released',
  started: '▶️ Started',
  planned: '📋 Planned (dry run)',
  refused: '⛔ Refused',
  rejected: '🛑 Rejected',
  expired: '⌛ Expired',
  failed: '❌ Failed',
  stopped: '⏹️ Stopped',
  'timed-out': '⏱️ Timed out',
  unknown: '❓ Unknown'
}

/** `family:revision` of a task definition ARN; the last part of any other. */
export function shortName(arn: string): string {
  return arn.startsWith('arn:') ? (arn.split('/').at(-1) ?? arn) : arn
}

/** `2026-11-20 21:57:03` in UTC. */
export function utc(at: number): string {
  return iso(at).slice(0, 19).replace('T', ' ')
}

/** `21:57:03` in UTC. */
export function utcTime(at: number): string {
  return iso(at).slice(11, 19)
}

/** The deployments of a release in the order in which they ran, each with what it is called. */
export function deployments(report: {
  readonly deployment: DeploymentReport | undefined
  readonly rollbackDeployment: DeploymentReport | undefined
}): readonly { readonly name: string; readonly deployment: DeploymentReport }[] {
  const named = [
    { name: 'Deployment', deployment: report.deployment },
    { name: 'Rollback', deployment: report.rollbackDeployment }
  ]
  return named.flatMap(({ name, deployment }) => (deployment ? [{ name, deployment }] : []))
}

function iso(at: number): string {
  const date = new Date(at)
  return Number.isNaN(date.getTime()) ? '????-??-?? ??:??:??' : date.toISOString()
}
