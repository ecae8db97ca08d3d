import type { Members } from '../../documents/members.ts'

/** `path` of a section that asks one path at a steady rate; `/` where it is absent or wrong, which is then complained about. */
export function readSteadyPath(section: Members): string {
  const path = section.text('path') ?? '/'
  if (!/^\/(?!\/)[^\s\\#]*$/.test(path)) {
    section.refuse('path', `found ${JSON.stringify(path)}, wanted a path that starts with one /`)
  }
  return path
}
