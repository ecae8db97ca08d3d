import { readFileSync } from 'node:fs'
import { parseTemplate, type Template } from '../cloudformation/template.ts'

const TEMPLATE = new URL('../../infra/gate.yaml', import.meta.url)

/** `infra/gate.yaml`: what is put into an account here is what is put into a real one. */
export function readGateTemplate(): Template {
  return parseTemplate(readFileSync(TEMPLATE, 'utf8'))
}
