import { isMapping, mappingsIn, type Mapping } from '../../../documents/mapping.ts'
import { parsePlain } from '../../../documents/plain.ts'
import type { Gating } from '../../gate-plane.ts'
import { APP_SPEC } from './exact.ts'
import { isSameFunction } from './functions.ts'
import { GATE_EVENT } from './model.ts'

/**
 * Judges an AppSpec that CodeDeploy reads with a parser that AWS does not describe. It
 * counts as gated only if no reader could understand it differently: it has to be plain JSON
 * or YAML (`parsePlain`), with exactly the members that AWS's examples have (`APP_SPEC`).
 *
 * The function at the gate's event has to be `gateFunction`, in any form in which Lambda
 * lets it be named; if `gateFunction` is undefined, any function will do. `content` is
 * undefined if CodeDeploy does not return it. Never throws.
 */
export async function gatingOf(
  content: string | undefined,
  gateFunction: string | undefined
): Promise<Gating> {
  if (content === undefined) return { gated: false, why: 'unreadable' }
  const plain = await parsePlain(content)
  if ('fault' in plain) {
    const { fault, ...found } = plain
    return { gated: false, why: fault, ...found }
  }
  if (!isMapping(plain.value)) return { gated: false, why: 'unreadable' }
  const difference = APP_SPEC(plain.value, '')
  if (difference) return { gated: false, why: difference.why, found: lettersOf(difference.found) }
  const found = functionAtGate(plain.value)
  if (found === undefined) return { gated: false, why: 'no-hook' }
  if (gateFunction === undefined || isSameFunction(found, gateFunction)) return { gated: true }
  return { gated: false, why: 'other-function', found }
}

/** The document has to be one that `APP_SPEC` accepts. */
function functionAtGate(document: Mapping): string | undefined {
  const found = mappingsIn(document['Hooks']).find((entry) => Object.hasOwn(entry, GATE_EVENT))
  const named = found?.[GATE_EVENT]
  return typeof named === 'string' ? named : undefined
}

/** Writes letters beyond ASCII as code points, so that a person can tell them from similar ones. */
function lettersOf(found: string): string {
  return found.replace(
    /[^ -~]/gu,
    (letter) => `<U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`
  )
}
