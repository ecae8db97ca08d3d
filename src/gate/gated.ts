import { isSameFunction } from '../appspec/functions.ts'
import { GATE_EVENT } from '../appspec/model.ts'
import { parseAppSpec } from '../appspec/parse.ts'
import { parseDocument } from '../documents/parse.ts'

/** Whether a deployment's AppSpec carries the gate. */
export type Gating =
  | { readonly gated: true }
  | { readonly gated: false; readonly why: 'no-hook' | 'unreadable' }
  | { readonly gated: false; readonly why: 'other-function'; readonly found: string }

/**
 * Looks for the gate's own function, by account, region and name, where CodeDeploy asks before
 * production traffic moves. Any other function there is no gate, and what
 * cannot be read carries none.
 */
export async function gatingOf(content: string | undefined, gateFunction: string): Promise<Gating> {
  if (content === undefined) return { gated: false, why: 'unreadable' }
  let hooks
  try {
    hooks = parseAppSpec(await parseDocument(content, 'AppSpec')).hooks
  } catch {
    return { gated: false, why: 'unreadable' }
  }
  const found = hooks.find(({ event }) => event === GATE_EVENT)?.function
  if (found === undefined) return { gated: false, why: 'no-hook' }
  if (isSameFunction(found, gateFunction)) return { gated: true }
  return { gated: false, why: 'other-function', found }
}
