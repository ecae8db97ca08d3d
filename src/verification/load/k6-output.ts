import type { ScriptFigures } from '../../release/evidence.ts'

/** Distinct messages; a script that logs a value in each of them could write thousands. */
const MOST_ERRORS = 20
const LONGEST_ERROR = 300
const LONGEST_CLOSING = 8_000

/** While it runs, and once more at its end: `running (0m03.0s), ...`, and a bar for each scenario. */
const PROGRESS = /^\s*running \(|^\S+\s+[✓✗•↓]?\s*\[[ \d=>%-]*\]/u
/** How the text begins with which k6 ends (1.x: a heading; 0.x: checks and metrics). */
const CLOSING = /^\s*(█|[✓✗] |[a-z_]\w*(\{.*\})?\.{2,}:)/u
/** What k6 prints before it begins. */
const OPENING = /^\s*(execution|script|output|web dashboard|scenarios|\* \S+):? /

/** Collects what a k6 script, and k6 for it, logs as an error. */
export class ErrorLines {
  readonly #times = new Map<string, number>()

  see(line: string): void {
    const message = errorIn(line)
    if (message === undefined) return
    const seen = this.#times.get(message)
    if (seen !== undefined) this.#times.set(message, seen + 1)
    else if (this.#times.size < MOST_ERRORS) this.#times.set(message, 1)
  }

  all(): ScriptFigures['errors'] {
    return [...this.#times].map(([text, times]) => ({ text, times }))
  }
}

/**
 * The message of a log line of level error or above, in k6's three formats of logs (Grafana's
 * documentation, "k6 options", `--log-format`; raw has no level, so nothing is found in it).
 * That a threshold was crossed is said by the thresholds.
 */
function errorIn(line: string): string | undefined {
  const message = inLogfmt(line) ?? inJson(line)
  if (message === undefined || /^thresholds on metrics .* have been crossed$/.test(message)) {
    return undefined
  }
  return message.trim().slice(0, LONGEST_ERROR).toWellFormed()
}

function inLogfmt(line: string): string | undefined {
  if (!/(^|\s)level=(error|fatal|panic)\b/.test(line)) return undefined
  const [, quoted, bare] = /\bmsg=(?:("(?:[^"\\]|\\.)*")|(\S+))/.exec(line) ?? []
  if (quoted === undefined) return bare
  try {
    // logfmt quotes as JSON does; a script's own escapes may still be no JSON.
    return String(JSON.parse(quoted))
  } catch {
    return quoted.slice(1, -1)
  }
}

function inJson(line: string): string | undefined {
  if (!/^\{.*"level":"(error|fatal|panic)"/.test(line)) return undefined
  const [, quoted] = /"msg":("(?:[^"\\]|\\.)*")/.exec(line) ?? []
  try {
    return quoted === undefined ? undefined : String(JSON.parse(quoted))
  } catch {
    return undefined
  }
}

/** The text with which k6 ends, of all that it wrote to stdout. */
export function closingIn(stdout: string): string {
  const lines = stdout.split(/\r\n|\r|\n/).filter((line) => !PROGRESS.test(line))
  const start = lines.findIndex((line) => CLOSING.test(line))
  // A script with handleSummary() writes a text of its own, which follows what k6 began with.
  const opening = lines.findLastIndex((line) => OPENING.test(line))
  const text = lines
    .slice(start === -1 ? opening + 1 : start)
    .map((line) => line.trimEnd())
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .replaceAll(/^\n+|\n+$/g, '')
  return text.length <= LONGEST_CLOSING
    ? text
    : `…${text.slice(1 - LONGEST_CLOSING)}`.toWellFormed()
}
