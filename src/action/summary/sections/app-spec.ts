import type { Report } from '../../../release/report.ts'
import { fenced, type Section } from '../blocks.ts'

/** The AppSpec as CodeDeploy gets it. It is folded unless this is a dry run. */
export function appSpec({ appSpec: source, outcome }: Report): Section | undefined {
  if (source === undefined) return undefined
  const planned = outcome === 'planned'
  return {
    title: 'AppSpec',
    importance: planned ? 75 : 20,
    folded: !planned,
    blocks: [
      fenced(source.trimStart().startsWith('{') ? 'json' : 'yaml', source.trimEnd().split('\n'))
    ]
  }
}
