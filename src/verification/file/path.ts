import type { Members } from '../../documents/members.ts'
import { say } from '../../words/say.ts'

/**
 * Reads the `path` of a section that asks one path at a steady rate. It is `/` if the member
 * is absent, or if it is no text and the problem has been noted.
 */
export function readSteadyPath(section: Members): string {
  const path = section.text('path') ?? '/'
  if (!/^\/(?!\/)[^\s\\#]*$/.test(path)) {
    section.refuse('path', say`found ${JSON.stringify(path)}, wanted a path that starts with one /`)
  }
  return path
}
