import { availabilities, phasesOf, phaseWords, wholeSpan, type Phase } from '../../pages/course.ts'
import { glance } from '../../pages/glance.ts'
import type { PhaseOfTraffic } from '../../release/evidence.ts'
import { isTime } from '../../release/milestones.ts'
import { count, milliseconds } from '../../release/report-words.ts'
import type { Report } from '../../release/report.ts'
import { shares } from '../../release/traffic-columns.ts'
import { say } from '../../words/say.ts'
import { COMPACT, gantt, type Task } from './gantt.ts'

/**
 * The whole release as one Mermaid chart on clock times: phases with the decision, shares of
 * traffic, and how production answered in each phase. Undefined if no time is known.
 */
export function courseGantt(report: Report): string | undefined {
  const span = wholeSpan(report)
  if (span === undefined) return undefined
  const fits = fitting(span.until - span.from)
  return gantt(
    [
      {
        name: say`Phases`,
        tasks: phasesOf(report).map((phase) => phaseTask(report, phase, fits))
      },
      { name: say`Traffic`, tasks: trafficTasks(report, span.until, fits) },
      {
        name: say`Answers`,
        tasks: availabilities(report).flatMap(({ phases }) => answerTasks(phases, fits))
      }
    ],
    { isCompact: true }
  )
}

/** The first label that has room in a bar of this length, else the last. */
type Fits = (length: number, ...labels: readonly [string, ...string[]]) => string

/** Pixels. */
const PADDING = 8

function fitting(whole: number): Fits {
  return (length, ...labels) => {
    const room = (length / whole) * COMPACT.bars - PADDING
    const needed = (words: string): number =>
      Array.from(words).reduce(
        (sum, char) => sum + (char > '\u1100' ? COMPACT.syllable : COMPACT.letter),
        0
      )
    return labels.find((label) => needed(label) <= room) ?? labels.at(-1) ?? ''
  }
}

/** Mermaid writes a name that has no room beside its bar, so it has to be short. */
const SHORTEST = '·'

function phaseTask(report: Report, { name, from, until, hasFailed }: Phase, fits: Fits): Task {
  const words = phaseWords(name)
  const decided = name === 'gate' ? glance(report)[2]?.value : undefined
  const long = decided === undefined ? words : `${words}, ${decided}`
  return {
    name: fits(until - from, long, words, SHORTEST),
    tag: hasFailed ? 'crit' : name === 'shift' ? 'active' : 'done',
    from,
    to: until
  }
}

function trafficTasks(report: Report, until: number, fits: Fits): Task[] {
  const known = shares(report)
  const sides = report.deployment?.sides
  return known.flatMap(({ at, green }, index): Task[] => {
    if (!isTime(at)) return []
    const to = Math.max(at, known[index + 1]?.at ?? until)
    const share = Math.round(green)
    return [
      {
        name: fits(
          to - at,
          sides
            ? `${green === 0 ? 100 : share} % ${green === 0 ? sides.from.name : sides.to.name}`
            : green === 0
              ? say`100 % blue`
              : say`${share} % green`,
          `${share} %`,
          SHORTEST
        ),
        tag: green === 0 ? 'done' : 'active',
        from: at,
        to
      }
    ]
  })
}

function answerTasks(phases: readonly PhaseOfTraffic[], fits: Fits): Task[] {
  return phases.flatMap(({ from, until, total, failed, latency }): Task[] => {
    if (!isTime(from) || !isTime(until) || total === 0) return []
    const bad = say`${count(failed)} of ${count(total)} failed`
    const slow = latency === undefined ? bad : `${bad}, p99 ${milliseconds(latency.p99)}`
    const short = failed === 0 ? '0' : say`Failed ${count(failed)}`
    return [
      {
        name: fits(until - from, slow, bad, short, count(failed), SHORTEST),
        tag: failed > 0 ? 'crit' : 'done',
        from,
        to: Math.max(from, until)
      }
    ]
  })
}
