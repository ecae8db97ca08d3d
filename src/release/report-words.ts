import { say } from '../words/say.ts'
import type { GateDecision } from './decision.ts'
import type { Verdict } from './evidence.ts'
import type { Outcome } from './outcome.ts'
import type { DeploymentReport } from './report.ts'

/** The sign and the words at the beginning of the summary and of the HTML report. */
export function outcomeWords(outcome: Outcome): string {
  switch (outcome) {
    case 'released':
      return say`✅ Released`
    case 'started':
      return say`▶️ Started`
    case 'planned':
      return say`📋 Planned (dry run)`
    case 'refused':
      return say`⛔ Refused`
    case 'rejected':
      return say`🛑 Rejected`
    case 'expired':
      return say`⌛ Expired`
    case 'failed':
      return say`❌ Failed`
    case 'stopped':
      return say`⏹️ Stopped`
    case 'timed-out':
      return say`⏱️ Timed out`
    case 'unknown':
      return say`❓ Unknown`
  }
}

/** What a piece of evidence came to, in words. */
export function verdictWords(verdict: Verdict): string {
  switch (verdict) {
    case 'passed':
      return say`passed`
    case 'failed':
      return say`failed`
    case 'unknown':
      return say`unknown`
  }
}

/** `family:revision` of a task definition's ARN, or the last part of another ARN. */
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

/**
 * The deployments of a release in the order in which they ran, each with the name that
 * reports use.
 */
export function deployments(report: {
  readonly deployment: DeploymentReport | undefined
  readonly rollbackDeployment: DeploymentReport | undefined
}): readonly { readonly name: string; readonly deployment: DeploymentReport }[] {
  const named = [
    { name: say`Deployment`, deployment: report.deployment },
    { name: say`Rollback`, deployment: report.rollbackDeployment }
  ]
  return named.flatMap(({ name, deployment }) => (deployment ? [{ name, deployment }] : []))
}

function iso(at: number): string {
  const date = new Date(at)
  return Number.isNaN(date.getTime()) ? '????-??-?? ??:??:??' : date.toISOString()
}

/** How the gate was closed, in words. */
export function decisionWords(state: GateDecision['state']): string {
  switch (state) {
    case 'PENDING':
      return say`Not decided yet`
    case 'APPROVED':
      return say`Approved`
    case 'REJECTED':
      return say`Rejected`
    case 'EXPIRED':
      return say`Expired: nobody decided in time`
    case 'FAILED':
      return say`Closed, because nobody could be asked`
    case 'WITHDRAWN':
      return say`Withdrawn before anyone decided`
  }
}

/** `41 ms`, and `4.1 ms` below ten. */
export function milliseconds(ms: number): string {
  return `${ms < 10 ? Math.round(ms * 10) / 10 : Math.round(ms)} ms`
}

/** Whole numbers with a comma at the thousands; other numbers with at most two decimals. */
export function count(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 2 })
}

/** A share from 0 to 1 in percent. It is never rounded to 0 % or 100 %. */
export function percent(share: number): string {
  const figure = share * 100
  if (share === 0 || share === 1) return `${figure} %`
  if (figure < 0.01) return say`less than 0.01 %`
  return `${Math.min(99.99, Number(figure.toFixed(2)))} %`
}
