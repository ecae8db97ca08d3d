import { UNKIND_SWITCHES, type Switches } from '../../emulator/switches.ts'

/**
 * The settings that the end-to-end suites run under, where a test says nothing of its own: the
 * defaults, or with `EMULATOR_SWITCHES=unkind` all unkind ones.
 */
export function suiteSwitches(own: Partial<Switches> = {}): Partial<Switches> {
  const chosen = process.env['EMULATOR_SWITCHES'] ?? ''
  if (chosen !== '' && chosen !== 'unkind') {
    throw new Error(`EMULATOR_SWITCHES is "unkind" or not set, not "${chosen}"`)
  }
  return { ...(chosen === 'unkind' && UNKIND_SWITCHES), ...own }
}
