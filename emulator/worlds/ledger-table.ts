import { createStack } from '../cloudformation/stack.ts'
import type { Template } from '../cloudformation/template.ts'
import type { Emulator } from '../emulator.ts'
import { readGateTemplate } from './gate-template.ts'

/**
 * Creates the gate's table alone, as its template does; `name` as the template's `Prefix`.
 * Resolves when it can be used; rejects with ResourceInUseException where there is one.
 */
export async function createLedgerTable(emulator: Emulator, name: string): Promise<void> {
  const { Parameters, Resources } = readGateTemplate()
  const template = {
    Parameters: { Prefix: Parameters['Prefix'] },
    Conditions: {},
    Resources: { Ledger: Resources['Ledger'] },
    Outputs: {}
  } as Template
  await createStack(emulator, { template, parameters: { Prefix: name }, code: {} })
}
