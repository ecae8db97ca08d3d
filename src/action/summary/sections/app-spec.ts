import type { Report } from '../../../release/report.ts'
import { say } from '../../../words/say.ts'
import { fenced, type Section } from '../blocks.ts'

/** The AppSpec as CodeDeploy gets it, or what a failover does. It is folded unless this is a dry run. */
export function appSpec({ appSpec: source, outcome, where }: Report): Section | undefined {
  if (source === undefined) return undefined
  const planned = outcome === 'planned'
  return {
    title: where.sides ? say`Steps of the failover` : 'AppSpec',
    importance: planned ? 75 : 20,
    folded: !planned,
    blocks: [fenced(languageOf(source, where), source.trimEnd().split('\n'))]
  }
}

function languageOf(source: string, { sides }: Report['where']): 'json' | 'yaml' | 'text' {
  if (sides) return 'text'
  return source.trimStart().startsWith('{') ? 'json' : 'yaml'
}
