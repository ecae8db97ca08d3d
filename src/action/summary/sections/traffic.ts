import { elapsed } from '../../../release/elapsed.ts'
import type { Report } from '../../../release/report.ts'
import { say } from '../../../words/say.ts'
import { paragraph, table, type Section } from '../blocks.ts'
import { text } from '../markdown.ts'
import { utcTime } from '../../../release/report-words.ts'

/** How production traffic moved, as far as the job saw it. */
export function traffic(report: Report): Section | undefined {
  const steps = report.timeline.filter((event) => event.kind === 'traffic')
  const shiftedAt = report.deployment?.trafficShiftedAt
  if (steps.length === 0 && shiftedAt === undefined) return undefined
  const sides = report.deployment?.sides
  const rollbackId = report.rollbackDeployment?.id
  return {
    title: say`Production traffic`,
    importance: 55,
    folded: true,
    gist: text(String(steps.length)),
    blocks: [
      ...(shiftedAt === undefined
        ? []
        : [
            paragraph(
              text(
                say`All production traffic was on ${sides?.to.name ?? say`green`} at ${utcTime(shiftedAt)} UTC (${elapsed(shiftedAt - report.startedAt)}).`
              )
            )
          ]),
      ...(sides && sides.from.share > 0 && sides.to.share > 0
        ? [
            paragraph(
              text(
                say`At the end ${sides.from.name} gets ${share(sides.from.share)} % of production traffic, and ${sides.to.name} gets ${share(sides.to.share)} %.`
              )
            )
          ]
        : []),
      ...(steps.length === 0
        ? []
        : [
            table(
              [
                say`Seen at (UTC)`,
                say`Elapsed`,
                sides?.from.name ?? say`Blue`,
                sides?.to.name ?? say`Green`,
                ''
              ],
              steps.map(({ at, blue, green, deploymentId }) => [
                text(utcTime(at)),
                text(elapsed(at - report.startedAt)),
                text(`${share(blue)} %`),
                text(`${share(green)} %`),
                text(deploymentId === rollbackId ? `${bar(green)} ${say`rollback`}` : bar(green))
              ])
            )
          ])
    ]
  }
}

const BAR_WIDTH = 10

/** Green's share as a bar of characters, for readers without colours or diagrams. */
function bar(green: number): string {
  const full = Math.round((Math.min(100, Math.max(0, green)) / 100) * BAR_WIDTH)
  return '█'.repeat(full) + '░'.repeat(BAR_WIDTH - full)
}

function share(percent: number): number {
  return Math.round(percent * 10) / 10
}
