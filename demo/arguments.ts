import { resolve } from 'node:path'
import { parseArgs } from 'node:util'

/** What is decided at the gate. */
export type Decision = 'approve' | 'reject'

/** Of what the gate says on Slack. */
export type Language = 'en' | 'ko'

export interface DemoArguments {
  /** Undefined: a person decides, on Slack's page. */
  readonly decision: Decision | undefined
  readonly language: Language
  /** A fault of version 2; undefined: none. */
  readonly bug: string | undefined
  /** Absolute. */
  readonly jsonPath: string | undefined
  readonly help: boolean
}

export const USAGE = `npm run demo -- [options]

Releases version 2 of the example service on an emulated AWS account, under steady traffic.
Without options it stops at the gate, and you decide in an emulated Slack in your browser.

  --approve      approve by itself, no hands needed
  --reject       reject by itself
  --bug NAME     version 2 is healthy and wrong; payment-500 and payment-lost, for example, are found
                 by the order flow, which rejects it (examples/service/README.md has all of them)
  --language ko  the gate speaks Korean (en: English, the default)
  --json FILE    also write the result there: outcome, outputs, requests by version and phase
  --help         this text

It ends with 0 where the release went as decided, with 1 where it did not.`

/** The command line cannot be understood, or asks for what cannot be. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** Throws UsageError. Relative paths are the caller's, not npm's. */
export function readArguments(
  given: readonly string[],
  folder = process.env['INIT_CWD'] ?? process.cwd()
): DemoArguments {
  const { approve, reject, bug, json, language, help } = parse(given)
  if (approve && reject) throw new UsageError('--approve and --reject exclude each other')
  if (language !== 'en' && language !== 'ko') throw new UsageError('--language takes en or ko')
  if (bug !== undefined && !/^[a-z0-9-]+$/.test(bug))
    throw new UsageError('--bug needs the name of a fault')
  if (json === '') throw new UsageError('--json needs the name of a file')
  return {
    decision: approve ? 'approve' : reject ? 'reject' : undefined,
    language,
    bug,
    jsonPath: json === undefined ? undefined : resolve(folder, json),
    help
  }
}

function parse(given: readonly string[]) {
  try {
    return parseArgs({
      args: [...given],
      options: {
        approve: { type: 'boolean', default: false },
        reject: { type: 'boolean', default: false },
        bug: { type: 'string' },
        json: { type: 'string' },
        language: { type: 'string', default: 'en' },
        help: { type: 'boolean', default: false }
      }
    }).values
  } catch (error) {
    const message = typeof error === 'object' && error && 'message' in error ? error.message : error
    // What Node adds in further sentences is how to pass positional arguments; there are none.
    const [reason = ''] = String(message).split(/\.? (?=To )|\n/)
    throw new UsageError(reason, { cause: error })
  }
}
