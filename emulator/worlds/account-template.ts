import { readFileSync } from 'node:fs'
import { createStack, type Stack } from '../cloudformation/stack.ts'
import { parseTemplate, type Template } from '../cloudformation/template.ts'
import type { Emulator } from '../emulator.ts'

/** The templates in `infra/` of what stands around the gate: one stack of the first, one of the second for each service. */
export const ACCOUNT_TEMPLATES = ['account', 'domain'] as const
export type AccountTemplate = (typeof ACCOUNT_TEMPLATES)[number]

export function readAccountTemplate(name: AccountTemplate): Template {
  return parseTemplate(readFileSync(new URL(`../../infra/${name}.yaml`, import.meta.url), 'utf8'))
}

/** What the emulator has not: certificates, names, databases and caches. */
const SWITCHED_OFF = { DomainName: '', Database: 'false', Cache: 'false' }

/** Puts the account's template into an account, without database, cache, certificate and name. */
export function createAccountStack(
  emulator: Emulator,
  parameters: Readonly<Record<string, string>>
): Promise<Stack> {
  return createStack(emulator, {
    name: 'account',
    template: readAccountTemplate('account'),
    parameters: { ...parameters, ...SWITCHED_OFF },
    code: {}
  })
}

/** Puts one domain into it; `change` alters the template first, where a world needs what it has no parameter for. */
export function createDomainStack(
  emulator: Emulator,
  parameters: Readonly<Record<string, string>>,
  change = (template: Template): Template => template
): Promise<Stack> {
  return createStack(emulator, {
    name: String(parameters['Name']),
    template: change(readAccountTemplate('domain')),
    parameters: { ...parameters, Https: 'false' },
    code: {}
  })
}
