import { isList, isMapping, type Mapping } from '../documents/mapping.ts'
import { NAMED_LISTS } from './named-lists.ts'

/** In an element of these lists `value` may be the empty text, and that is not the same as none. */
const LISTS_OF_VALUES: ReadonlySet<string> = new Set([
  'environment',
  'properties',
  'systemControls',
  'tags'
])

/** Mappings whose members people name themselves: each of them is kept, whatever its value. */
export const FREE_MAPPINGS: ReadonlySet<string> = new Set([
  'dockerLabels',
  'options',
  'driverOpts',
  'labels'
])

/** It says what kind of volume it is, also where it says nothing else. */
export const DOCKER_VOLUME = 'dockerVolumeConfiguration'

/**
 * The task definition without what says nothing: nulls, empty lists and
 * mappings, and empty texts anywhere but where one is a value. RegisterTaskDefinition
 * refuses some of these and takes the others as absent; which it does with what
 * is in `__tests__/taskdef/empties.test.ts`, with the sources. The official deploy
 * action leaves out all of them.
 *
 * `onText` is told the path of each empty text that is left out: a template's
 * variable may be missing there.
 */
export function withoutEmpties(
  taskDefinition: Mapping,
  onText: (path: string) => void = () => undefined
): Mapping {
  return ofMapping(taskDefinition, '', '')

  function ofMapping(mapping: Mapping, owner: string, path: string): Mapping {
    if (FREE_MAPPINGS.has(owner)) return mapping
    return Object.fromEntries(
      Object.entries(mapping).flatMap(([name, value]) => {
        const at = path === '' ? name : `${path}.${name}`
        if (isEmptyText(value) && !(name === 'value' && LISTS_OF_VALUES.has(owner))) {
          onText(at)
          return []
        }
        const left = ofValue(value, name, at)
        return isNothing(left) && name !== DOCKER_VOLUME ? [] : [[name, left]]
      })
    )
  }

  /** Elements of a list stay, each in its place: `command` may hold an empty word. */
  function ofValue(value: unknown, name: string, path: string): unknown {
    if (isMapping(value)) return ofMapping(value, name, path)
    if (!isList(value)) return value
    return value.map((element, index) => {
      const label = (isMapping(element) && NAMED_LISTS.get(name)?.nameOf(element)) || index
      return ofValue(element, name, `${path}[${label}]`)
    })
  }
}

/** The empty text, and a list of nothing else: AWS refuses a command that begins with an empty word. */
function isEmptyText(value: unknown): boolean {
  return value === '' || (isList(value) && value.length > 0 && value.every((each) => each === ''))
}

function isNothing(value: unknown): boolean {
  if (value === null || value === undefined) return true
  if (isList(value)) return value.length === 0
  return isMapping(value) && Object.keys(value).length === 0
}
