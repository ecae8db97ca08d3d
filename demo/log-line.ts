import type { Style } from './terminal.ts'

/** A line of an action's log as GitHub would show it; undefined: GitHub would not. */
export function logLine(line: string, style: Style): string | undefined {
  const command = /^\s*::([a-z-]+)(?: [^:]*)?::(.*)$/.exec(line)
  if (!command) return /^OK\b/.test(line) ? `  ${style.dim(line)}` : `  ${line}`
  const [, name = '', data = ''] = command
  const text = unescaped(data)
  switch (name) {
    case 'group':
      return `\n${style.bold(`▾ ${text}`)}`
    case 'error':
      return annotation(style.red, `Error: ${text}`)
    case 'warning':
      return annotation(style.yellow, `Warning: ${text}`)
    case 'notice':
      return annotation(style.cyan, `Notice: ${text}`)
    default:
      return undefined
  }
}

/** Colour is set line by line: whoever reads them one at a time has it on each. */
function annotation(colour: (text: string) => string, text: string): string {
  return text
    .split('\n')
    .map((line) => `  ${colour(line)}`)
    .join('\n')
}

/** What a workflow command escapes, the sign that escapes last. */
function unescaped(data: string): string {
  return data.replaceAll('%0A', '\n').replaceAll('%0D', '').replaceAll('%25', '%')
}
