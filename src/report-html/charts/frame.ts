import type { Span } from '../../pages/course.ts'
import type { Milestone } from '../../release/milestones.ts'
import { markup, type Markup } from '../markup.ts'
import { across, isWithin, timeTicks } from './scale.ts'

/**
 * What all charts of one time axis share. Horizontal places are in percent and vertical
 * places in pixels, so a chart is as wide as the page, but its text is not scaled.
 */
export interface Frame {
  /** A prefix for the ids of its charts, unique on the page. */
  readonly id: string
  readonly span: Span
  readonly moments: readonly Milestone[]
}

export interface Plot {
  readonly id: string
  readonly title: string
  /** The figures in words, for people who cannot see the chart. */
  readonly description: string
  /** Pixels. */
  readonly height: number
  /** The figure at the top. */
  readonly max: number
  readonly label: (value: number) => string
  readonly legend?: readonly (readonly [Tone, string])[]
  readonly marks: readonly Markup[]
}

export type Size = Pick<Plot, 'height' | 'max'>

/** The name of a colour's meaning; the style sheet has the colours. */
export type Tone = 'blue' | 'green' | 'latency' | 'failure' | 'event' | 'gate' | 'shift' | 'failed'

/** Space above and below, so that the highest figure and its label are not cut off. */
const PAD = 7

/** The distance of a figure from the top, in pixels. */
export function down(value: number, { height, max }: Size): number {
  const share = Math.min(1, Math.max(0, value / max))
  return Math.round((PAD + height * (1 - share)) * 10) / 10
}

/** Pixels. In a lower chart three labels would touch. */
const LOW = 40

/** One chart: its title, the labels of its figures, and the picture. */
export function plot(frame: Frame, shown: Plot): Markup {
  const { title, description, height, max, label, legend = [], marks } = shown
  const id = `${frame.id}-${shown.id}`
  const levels = height < LOW ? [0, max] : [0, max / 2, max]
  const tall = height + 2 * PAD
  return markup`<figure class="chart">
<figcaption><span>${title}</span>${keys(legend)}</figcaption>
<div class="plot"><svg class="levels" height="${tall}" aria-hidden="true">${levels.map((level) => markup`<text x="100%" y="${down(level, shown)}" dy="0.32em">${label(level)}</text>`)}</svg><svg class="picture" height="${tall}" role="img" aria-labelledby="${id}-title" aria-describedby="${id}-description"><title id="${id}-title">${title}</title><desc id="${id}-description">${description}</desc>
${levels.map((level) => markup`<line class="grid" x2="100%" y1="${down(level, shown)}" y2="${down(level, shown)}"/>`)}
${marks}
${momentLines(frame, tall)}</svg></div>
</figure>
`
}

export function keys(legend: readonly (readonly [Tone, string])[]): Markup[] {
  return legend.map(
    ([tone, words]) =>
      markup`<span class="key"><svg width="12" height="12" aria-hidden="true"><rect class="${tone}" width="12" height="12" rx="2"/></svg>${words}</span>`
  )
}

export function momentLines({ span, moments }: Frame, height: number): Markup[] {
  return moments
    .filter(({ at }) => isWithin(span, at))
    .map(({ at, kind }) => {
      const place = across(span, at)
      return markup`<line class="moment ${kind}" x1="${place}%" x2="${place}%" y2="${height}"/>`
    })
}

/** The times below the charts. A narrow page shows only every second one. */
export function timeAxis({ span }: Frame): Markup {
  return markup`<div class="plot axis"><span class="levels">UTC</span><svg class="picture" height="18" aria-hidden="true">${timeTicks(
    span
  ).map(
    ({ at, label }, index) =>
      markup`<text class="${index % 2 === 1 ? 'tick wide' : 'tick'}" x="${across(span, at)}%" y="13">${label}</text>`
  )}</svg></div>
`
}
