import { isList } from '../documents/mapping.ts'
import { TaskDefinitionError } from './problems.ts'

/**
 * A container's command from one line of text: a JSON array of strings, or,
 * as the official render action has it, words between spaces without quoting.
 */
export function parseCommand(text: string): readonly string[] {
  const line = text.trim()
  if (!line.startsWith('[')) return line.split(/\s+/).filter((word) => word !== '')
  const words = parseList(line)
  if (!words?.every((word) => typeof word === 'string')) {
    throw new TaskDefinitionError([
      '`command` starts with "[" but is not a JSON array of strings, such as ["node", "server.js"]'
    ])
  }
  return words
}

function parseList(text: string): readonly unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isList(value) ? value : undefined
  } catch {
    return undefined
  }
}
