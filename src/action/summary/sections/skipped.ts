import type { Report } from '../../../release/report.ts'
import { say } from '../../../words/say.ts'
import { list, paragraph, type Section } from '../blocks.ts'
import { line, text } from '../markdown.ts'

/**
 * Optional look-ups without an answer. Each is a right or a read that the release can do
 * without.
 */
export function skipped({ timeline }: Report): Section | undefined {
  const found = timeline.filter((event) => event.kind === 'skipped')
  if (found.length === 0) return undefined
  return {
    title: say`Skipped look-ups`,
    gist: text(String(found.length)),
    importance: 25,
    folded: true,
    blocks: [
      paragraph(text(say`These were optional; the release went on without them.`)),
      list(found.map(({ what, reason }) => line`${text(what)}: ${reason}`))
    ]
  }
}
