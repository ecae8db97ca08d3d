import { resolve } from 'node:path'
import { parseArgs } from 'node:util'

export interface DemoArguments {
  /** Undefined: a person decides, on the page. */
  readonly decision: 'approve' | 'reject' | undefined
  /** Absolute. */
  readonly jsonPath: string | undefined
  readonly help: boolean
}

export const USAGE = `npm run demo -- [options]

Releases version 2 of the example service on an emulated AWS account, under steady traffic.
Without options it stops at the gate, and you decide on a page in your browser.

  --approve      approve by itself, no hands needed
  --reject       reject by itself
  --json FILE    also write the result there: outcome, outputs, requests by version and phase
  --help         this text`

/** Throws an Error whose message says what is accepted. Relative paths are the caller's, not npm's. */
export function readArguments(
  given: readonly string[],
  folder = process.env['INIT_CWD'] ?? process.cwd()
): DemoArguments {
  const { values } = parse(given)
  if (values.approve && values.reject) {
    throw new Error(`--approve and --reject exclude each other.\n\n${USAGE}`)
  }
  return {
    decision: values.approve ? 'approve' : values.reject ? 'reject' : undefined,
    jsonPath: values.json === undefined ? undefined : resolve(folder, values.json),
    help: values.help
  }
}

function parse(given: readonly string[]) {
  try {
    return parseArgs({
      args: [...given],
      options: {
        approve: { type: 'boolean', default: false },
        reject: { type: 'boolean', default: false },
        json: { type: 'string' },
        help: { type: 'boolean', default: false }
      }
    })
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`, {
      cause: error
    })
  }
}
