/**
 * The version of this action and of the gate's functions, which are released together. It is that of
 * package.json; `scripts/release.ts prepare` writes both.
 */
export const VERSION = '0.1.0'

/** What two versions, of the job and of the gate's functions, are to each other. */
export type VersionDifference =
  | 'same'
  /** They differ, and each understands all that the other writes. */
  | 'compatible'
  /** The job may ask for what the functions do not know yet. */
  | 'gate-is-older'
  /** Formats may have changed between them in either direction. */
  | 'other-major'
  | 'not-comparable'

/**
 * What a job of one version is to a gate of another one (docs/versions.md). Before 1.0.0 a minor
 * version counts as a major one, as semver.org has it (item 4).
 */
export function compareVersions(job: string, gate: string): VersionDifference {
  const [ours, theirs] = [numbersIn(job), numbersIn(gate)]
  if (!ours || !theirs) return job === gate ? 'same' : 'not-comparable'
  if (job === gate) return 'same'
  if (compatibleWith(ours) !== compatibleWith(theirs)) return 'other-major'
  return ours[1] > theirs[1] ? 'gate-is-older' : 'compatible'
}

type Numbers = readonly [major: number, minor: number, patch: number]

function numbersIn(version: string): Numbers | undefined {
  const found = /^(\d+)\.(\d+)\.(\d+)(?:-[0-9A-Za-z.-]+)?$/.exec(version)
  return found ? [Number(found[1]), Number(found[2]), Number(found[3])] : undefined
}

function compatibleWith([major, minor]: Numbers): string {
  return major === 0 ? `0.${minor}` : `${major}`
}
