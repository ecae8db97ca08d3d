import { say } from '../words/say.ts'

/** The part of `@actions/core` through which the log writes. */
export type LogCore = Pick<
  typeof import('@actions/core'),
  'debug' | 'endGroup' | 'error' | 'info' | 'setFailed' | 'setSecret' | 'startGroup' | 'warning'
>

/** All text that reaches the job's log goes through here. */
export interface Log {
  info(text: string): void
  debug(text: string): void
  warning(text: string): void
  error(text: string): void
  /** Fails the job. Its annotation is always shown. */
  fail(text: string): void
  /** Registers values that must never be readable in the log. */
  mask(secrets: readonly string[]): void
  /**
   * Folds what `work` writes under a title. Groups must not be nested, because GitHub's do not
   * nest.
   */
  group<T>(title: string, work: () => Promise<T>): Promise<T>
}

/** GitHub shows ten annotations of a kind per step and cuts each at 4,096 characters. */
const ANNOTATIONS = 10
const ANNOTATION_LIMIT = 4_096

export function createLog(core: LogCore): Log {
  let warnings = ANNOTATIONS
  // One annotation is kept for the error that fails the job, because it says what happened.
  let errors = ANNOTATIONS - 1
  return {
    info: (text) => core.info(inert(text)),
    debug: (text) => core.debug(inert(text)),
    warning: (text) => {
      if (warnings-- > 0) core.warning(annotation(text))
      else core.info(say`Warning: ${inert(text)}`)
    },
    error: (text) => {
      if (errors-- > 0) core.error(annotation(text))
      else core.info(say`Error: ${inert(text)}`)
    },
    fail: (text) => core.setFailed(annotation(text)),
    mask: (secrets) => {
      for (const secret of secrets) core.setSecret(secret)
    },
    group: async (title, work) => {
      core.startGroup(inert(title).replaceAll('\n', ' '))
      try {
        return await work()
      } finally {
        core.endGroup()
      }
    }
  }
}

function annotation(text: string): string {
  const clean = inert(text)
  if (clean.length <= ANNOTATION_LIMIT) return clean
  return `${clean.slice(0, ANNOTATION_LIMIT - 1).toWellFormed()}…`
}

/** What ends a line for a terminal, for .NET (the runner) or for a browser. */
const LINE_END = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/
/** CSI and OSC sequences: colours, cursor moves, hyperlinks. */
const ANSI = /(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|(?:\x1b\]|\x9d)[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)/g
/**
 * Invisible characters: control characters except the tab, and ignorable ones. The latter
 * could reorder text, or hide inside a command that the runner would still recognise,
 * because its comparison ignores them.
 */
const INVISIBLE = /(?!\t)[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu

/**
 * Changes the text so that the runner cannot take any of it for a command. The runner looks
 * for `::` at the start of a line, after blanks, and for `##[` anywhere in it; a blank is
 * put into each.
 */
export function inert(text: string): string {
  return text
    .split(LINE_END)
    .map((line) =>
      line
        .replaceAll(ANSI, '')
        .replaceAll(INVISIBLE, '')
        .replace(/^(\s*):(?=:)/, '$1: ')
        .replaceAll('##[', '## [')
    )
    .join('\n')
}
