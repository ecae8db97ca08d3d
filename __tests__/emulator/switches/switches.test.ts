import { afterEach, describe, expect, it } from '@jest/globals'
import { SWITCH_TABLE, type SwitchEntry } from '../../../emulator/switch-table.ts'
import {
  DEFAULT_SWITCHES,
  parseSwitches,
  SWITCH_SETTINGS,
  UNKIND_SWITCHES
} from '../../../emulator/switches.ts'
import { openLab } from '../lab.ts'
import type { Lab } from '../lab.ts'
import { COURSE } from './course.ts'
import { CREATION } from './creation.ts'
import { DELIVERY } from './delivery.ts'
import { HOOKS } from './hooks.ts'
import type { Observation } from './observation.ts'
import { RUNNING } from './running.ts'

const OBSERVATIONS: Readonly<Record<string, Observation<string>>> = {
  ...HOOKS,
  ...CREATION,
  ...COURSE,
  ...DELIVERY,
  ...RUNNING
}
let lab: Lab | undefined

afterEach(async () => {
  await lab?.close()
  lab = undefined
})

describe.each(Object.entries(SWITCH_SETTINGS))('the switch %s', (name, settings) => {
  const observation = OBSERVATIONS[name]

  it('has settings that can be told apart', () => {
    const expected = observation?.expected ?? {}
    expect(Object.keys(expected).toSorted()).toEqual([...settings].toSorted())
    const different = new Set(Object.values(expected).map((value) => JSON.stringify([value])))
    expect(different.size).toBe(settings.length)
  })

  it.each(settings)('%s', async (setting) => {
    if (!observation) throw new Error(`nothing shows what ${name} does`)
    lab = await openLab({ ...observation.lab, switches: parseSwitches([`${name}=${setting}`]) })
    expect(await observation.see(lab)).toEqual(observation.expected[setting])
  })
})

const ENTRIES = Object.entries<SwitchEntry<string>>(SWITCH_TABLE)

it.each(ENTRIES)('the default of %s is what was seen, else the unkind setting', (name, entry) => {
  const { seen = entry.unkind, settings, unkind, together = { setting: unkind } } = entry
  expect(entry.grade === 'unkind').toBe(entry.seen === undefined)
  expect(DEFAULT_SWITCHES).toMatchObject({ [name]: seen })
  expect(new Map<string, readonly string[]>(Object.entries(SWITCH_SETTINGS)).get(name)?.[0]).toBe(
    seen
  )
  expect(UNKIND_SWITCHES).toMatchObject({ [name]: together.setting })
  expect(Object.keys(settings)).toEqual(expect.arrayContaining([seen, unkind, together.setting]))
})
