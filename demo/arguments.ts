import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { BUGS, isBug } from '../examples/service/bugs.ts'
import type { Bug } from '../examples/service/bugs.ts'

/** What is decided at the gate. */
export type Decision = 'approve' | 'reject'

/** Of what the gate says on Slack. */
export type Language = 'en' | 'ko'

/** How traffic moves: by CodeDeploy, or between two production groups. */
export type Strategy = 'codedeploy' | 'failover'

export interface DemoArguments {
  readonly strategy: Strategy
  /** Undefined: a person decides, on Slack's page. */
  readonly decision: Decision | undefined
  readonly language: Language
  /** A fault of version 2; undefined: none. */
  readonly bug: Bug | undefined
  /** Version 2 is put under load before anybody decides. */
  readonly load: boolean
  /** Absolute. */
  readonly jsonPath: string | undefined
  /** Absolute: the folder that keeps report, summary and result. */
  readonly keepPath: string | undefined
  readonly help: boolean
}

export const USAGE = `npm run demo -- [options]

Releases version 2 of the example service on an emulated AWS account, under steady traffic.
Without options it stops at the gate, and you decide in an emulated Slack in your browser.

  --strategy failover
                 two production groups instead: a release to the one without traffic, one the
                 other way, and an even split, on a page in your browser; nobody is asked
  --approve      approve by itself, no hands needed
  --reject       reject by itself
  --bug NAME     version 2 has a fault: ${BUGS.join(', ')}.
                 payment-lost and its like are healthy and wrong, and the order flow rejects them;
                 crash and unhealthy never come up, and are stopped after a minute
  --load         put version 2 under load first, with your k6 where there is one, else with the built-in load
  --language ko  the gate speaks Korean (en: English, the default)
  --keep DIR     keep report, job summary and result in this folder
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
  const { strategy, approve, reject, bug, load, json, keep, language, help } = parse(given)
  if (strategy !== 'codedeploy' && strategy !== 'failover')
    throw new UsageError('--strategy takes failover (or codedeploy, the default)')
  if (approve && reject) throw new UsageError('--approve and --reject exclude each other')
  if (strategy === 'failover') {
    const others = { approve, reject, load, bug: bug !== undefined, language: language !== 'en' }
    const stray = Object.entries(others).find(([, isGiven]) => isGiven)?.[0]
    if (stray !== undefined)
      throw new UsageError(
        `--${stray} is of the release with a gate: leave it out with --strategy failover`
      )
  }
  if (language !== 'en' && language !== 'ko') throw new UsageError('--language takes en or ko')
  if (bug !== undefined && !isBug(bug))
    throw new UsageError(`--bug: ${named(bug)} is no fault; there are ${BUGS.join(', ')}`)
  if (keep === '') throw new UsageError('--keep needs the name of a folder')
  if (json === '') throw new UsageError('--json needs the name of a file')
  return {
    strategy,
    decision: approve ? 'approve' : reject ? 'reject' : undefined,
    language,
    bug,
    load,
    jsonPath: json === undefined ? undefined : resolve(folder, json),
    keepPath: keep === undefined ? undefined : resolve(folder, keep),
    help
  }
}

function named(bug: string): string {
  return bug === '' ? 'an empty name' : JSON.stringify(bug)
}

function parse(given: readonly string[]) {
  try {
    return parseArgs({
      args: [...given],
      options: {
        strategy: { type: 'string', default: 'codedeploy' },
        approve: { type: 'boolean', default: false },
        reject: { type: 'boolean', default: false },
        bug: { type: 'string' },
        load: { type: 'boolean', default: false },
        keep: { type: 'string' },
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
