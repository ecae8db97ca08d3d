/** What code chooses by; everything else may be any text. */
const WORDS_OF_OURS =
  /^(outcome|rollback|approval|section|verdict|kind|stage|metric|side|unit|engine|effect)$/

/** Words of ours in one place, and of others in another. */
function isOurs(key: string, holder: object): boolean {
  const kind = 'kind' in holder ? holder.kind : undefined
  // Of the decision and of a deployment; alarms and targets have states of AWS.
  if (key === 'state') return 'openedAt' in holder || 'steps' in holder
  // The control plane's own word of a deployment is shown alone.
  if (key === 'status') return !('steps' in holder) && kind !== 'status'
  if (key === 'cause') return kind === 'interrupted'
  // Of a step of a recovery, and of a wait.
  if (key === 'what') return kind === undefined || kind === 'waiting'
  // Of a phase of traffic, and of a phase of the job.
  if (key === 'name') return 'byVersion' in holder || kind === 'phase'
  return WORDS_OF_OURS.test(key)
}

/** The value with this text in place of every text, and of every version, that is not one of our own words. */
export function spoilt(value: unknown, put: string): unknown {
  if (Array.isArray(value)) {
    return value.map((each) => (typeof each === 'string' ? put : spoilt(each, put)))
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, each]): [string, unknown] => {
      if (name === 'byVersion') return [name, { [put]: 7 }]
      if (typeof each !== 'string') return [name, spoilt(each, put)]
      if (/url$/i.test(name)) return [name, `https://x.example/${put}`]
      return [name, isOurs(name, value) ? each : put]
    })
  )
}
