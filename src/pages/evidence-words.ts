import type {
  Evidence,
  MetricSeries,
  PhaseOfTraffic,
  RecoveryEvidence,
  RequestResult,
  Verdict
} from '../release/evidence.ts'
import { verdictWords as wordsOfVerdict } from '../release/report-words.ts'
import { say } from '../words/say.ts'

/** The words in which report and summary show the members of evidence. */
export function verdictWords(verdict: Verdict | RequestResult['verdict']): string {
  return verdict === 'skipped' ? say`skipped` : wordsOfVerdict(verdict)
}

/** What a failure of this evidence would do, and who was asked. */
export function needWords({ section, required, asked }: Evidence): string {
  const need =
    section === 'availability'
      ? required
        ? say`a breach stops`
        : say`a breach is reported`
      : required
        ? say`required`
        : say`advisory`
  return asked === 'tasks' ? `${need}, ${say`asked at the tasks directly`}` : need
}

export function phaseOfTrafficWords(name: PhaseOfTraffic['name']): string {
  switch (name) {
    case 'before':
      return say`before`
    case 'gate':
      return say`at the gate`
    case 'shift':
      return say`shift`
    case 'after':
      return say`after`
    case 'rollback':
      return say`rollback`
  }
}

export function stepWords(what: RecoveryEvidence['steps'][number]['what']): string {
  switch (what) {
    case 'stopped':
      return say`stopped`
    case 'draining':
      return say`draining`
    case 'started':
      return say`started`
    case 'registered':
      return say`registered`
    case 'healthy':
      return say`healthy`
  }
}

export function metricWords(metric: MetricSeries['metric']): string {
  switch (metric) {
    case 'healthy-hosts':
      return say`Healthy hosts`
    case 'response-time':
      return say`Response time`
    case 'target-5xx':
      return say`5xx answers`
    case 'target-4xx':
      return say`4xx answers`
    case 'requests':
      return say`Requests`
  }
}

export function sideWords(side: MetricSeries['side']): string {
  return side === 'blue' ? say`blue` : say`green`
}
