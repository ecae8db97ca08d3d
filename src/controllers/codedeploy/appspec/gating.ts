import { isMapping, mappingsIn, type Mapping } from '../../../documents/mapping.ts'
import { parsePlain } from '../../../documents/plain.ts'
import type { Gating } from '../../gate-plane.ts'
import { APP_SPEC } from './exact.ts'
import { isSameFunction } from './functions.ts'
import { GATE_EVENT } from './model.ts'

/**
 * Judges an AppSpec that CodeDeploy reads with a parser that AWS does not
 * describe. It counts as gated only where no reader could see anything else in
 * it: plain JSON or YAML (`parsePlain`), with exactly the members that AWS's
 * examples have (`APP_SPEC`).
 *
 * The function at the gate's event has to be `gateFunction`, in any way in which
 * Lambda lets it be named; undefined: any function. `content` is undefined where
 * CodeDeploy does not show it. Never throws.
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

/** Of a document that `APP_SPEC` has found nothing against. */
function functionAtGate(document: Mapping): string | undefined {
  const found = mappingsIn(document['Hooks']).find((entry) => Object.hasOwn(entry, GATE_EVENT))
  const named = found?.[GATE_EVENT]
  return typeof named === 'string' ? named : undefined
}

/** So that a person can tell a letter from one that looks like it. */
function lettersOf(found: string): string {
  return found.replace(
    /[^ -~]/gu,
    (letter) => `<U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`
  )
}
