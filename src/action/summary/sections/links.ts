import type { Report } from '../../../release/report.ts'
import { say } from '../../../words/say.ts'
import { paragraph, type Section } from '../blocks.ts'
import { join, line, link } from '../markdown.ts'
import { deployments } from '../../../release/report-words.ts'

/** The pages of the AWS console that show this release. */
export function links(report: Report): Section | undefined {
  const pages = [
    ...deployments(report).map(({ name, deployment }) => ({
      label: `${name} ${deployment.id}`,
      url: deployment.consoleUrl
    })),
    ...report.where.consoleLinks
  ].filter((page) => page.url !== undefined)
  // A deployment's page may be among the links already, and every page is linked only once.
  const seen = new Set<string | undefined>()
  const once = pages.filter(({ url }) => !seen.has(url) && seen.add(url))
  if (once.length === 0) return undefined
  return {
    title: say`In the AWS console`,
    importance: 65,
    bare: true,
    blocks: [
      paragraph(
        line`${say`In the AWS console:`} ${join(
          once.map(({ label, url }) => link(label, url)),
          ' · '
        )}`
      )
    ]
  }
}
