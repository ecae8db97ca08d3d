import { closest } from '../documents/closest.ts'

/** `network_mode`, `Network-Mode` and `networkMode` are one name to people. */
export function plain(name: string): string {
  return name.replaceAll(/[_-]/g, '').toLowerCase()
}

/** Words of Docker Compose and Kubernetes, by their plain form, and what ECS calls the same. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  args: 'command',
  containers: 'containerDefinitions',
  img: 'image',
  logging: 'logConfiguration',
  memlimit: 'memory',
  memreservation: 'memoryReservation',
  ports: 'portMappings',
  readonlyrootfs: 'readonlyRootFilesystem',
  stopgraceperiod: 'stopTimeout',
  volumemounts: 'mountPoints',
  volumes: 'mountPoints',
  workdir: 'workingDirectory'
}

/**
 * The known name that somebody may have meant: one that differs by a typing error, begins like
 * it, or is what others call the same. Undefined if there is none.
 */
export function suggestion(name: string, known: readonly string[]): string | undefined {
  const own = plain(name)
  const elsewhere = ELSEWHERE[own]
  if (elsewhere !== undefined && known.includes(elsewhere)) return elsewhere
  const near = closest(name, known)
  if (near !== undefined) return near
  const byLength = [...known].sort((one, other) => one.length - other.length)
  // `env` stands for `environment`, `taskRole` for `taskRoleArn`.
  const longer = byLength.find((each) => own.length >= 3 && plain(each).startsWith(own))
  // `memoryLimit` says more than `memory`.
  return longer ?? byLength.findLast((each) => each.length >= 3 && own.startsWith(plain(each)))
}
