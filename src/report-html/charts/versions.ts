import { MOST_COLUMNS, roundedUp } from '../../pages/course.ts'
import type { AvailabilityEvidence } from '../../release/evidence.ts'
import { count, utcTime } from '../../release/report-words.ts'
import { inColumns } from '../../release/traffic-columns.ts'
import { say } from '../../words/say.ts'
import { markup, type Markup } from '../markup.ts'
import { down, plot, type Frame, type Tone } from './frame.ts'
import { across, isWithin } from './scale.ts'

/** In the order in which the versions were first seen; more than these share the last. */
const TONES: readonly Tone[] = ['blue', 'green', 'latency', 'event']

/** The versions that answered, in the order in which they were first seen. */
export function versionsIn(seconds: AvailabilityEvidence['seconds']): readonly string[] {
  return [...new Set(seconds.flatMap(({ byVersion }) => Object.keys(byVersion)))]
}

/**
 * Which version answered, over time: one area on the other. Without a version in the answers
 * there is nothing to draw.
 */
export function answersByVersion(
  frame: Frame,
  { seconds }: AvailabilityEvidence,
  index: number
): readonly Markup[] {
  const own = seconds.filter(({ at }) => isWithin(frame.span, at))
  const versions = versionsIn(own)
  if (versions.length === 0) return []
  const { columns, widthMs } = inColumns(own, MOST_COLUMNS)
  const most = Math.max(...columns.map(({ byVersion }) => sum(Object.values(byVersion))))
  const size = { height: 56, max: Math.max(1, roundedUp(most)) }
  const marks = columns.flatMap(({ at, byVersion }) => {
    const left = across(frame.span, at)
    const width = rounded(across(frame.span, at + widthMs) - left)
    let below = 0
    return versions.flatMap((version, place) => {
      const answered = byVersion[version] ?? 0
      if (answered === 0) return []
      const bottom = down(below, size)
      below += answered
      const top = down(below, size)
      const words = say`${utcTime(at)}: ${count(answered)} answers by ${version}`
      return [
        markup`<rect class="area ${toneOf(place)}" x="${left}%" width="${width}%" y="${top}" height="${rounded(bottom - top)}"><title>${words}</title></rect>\n`
      ]
    })
  })
  return [
    plot(frame, {
      ...size,
      id: `versions-${index}`,
      title: say`Answers in each ${widthMs / 1_000} s, by version`,
      description: versions
        .map(
          (version) =>
            say`${count(sum(own.map((each) => each.byVersion[version] ?? 0)))} answers by ${version}`
        )
        .join(', '),
      label: count,
      legend: versions.map((version, place) => [toneOf(place), version]),
      marks
    })
  ]
}

function toneOf(place: number): Tone {
  return TONES[Math.min(place, TONES.length - 1)] ?? 'event'
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0)
}

function rounded(value: number): number {
  return Math.round(value * 1_000) / 1_000
}
