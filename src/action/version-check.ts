import type { Heard } from '../ledger/watched.ts'
import type { CheckResult } from '../release/report.ts'
import { compareVersions, VERSION } from '../release/version.ts'
import { say } from '../words/say.ts'

/**
 * Whether this job and the gate's functions are of versions that understand each other. No
 * difference refuses a release, because formats are kept within a major version; the check says
 * which side is to be updated, and what it may cost until then. Nothing is said where the gate has
 * said nothing. Never throws.
 */
export async function checkVersion(
  gateSays: () => Promise<Heard>,
  own: string = VERSION
): Promise<CheckResult[]> {
  const name = 'version'
  const says = await gateSays().catch(() => undefined)
  if (typeof says !== 'object') return []
  const gate = says.version
  if (gate === undefined) {
    const reason = say`this job is ${own}; the gate does not say its version, so it is older than 1.0.0: update its functions first, then jobs (docs/upgrade.md)`
    return [{ name, verdict: 'WARN', reason }]
  }
  switch (compareVersions(own, gate)) {
    case 'same':
      return [{ name, verdict: 'OK', reason: say`the job and the gate are ${own}` }]
    case 'compatible': {
      const reason = say`this job is ${own}, the gate ${gate}: each understands what the other writes`
      return [{ name, verdict: 'OK', reason }]
    }
    case 'gate-is-older': {
      const reason = say`this job is ${own}, the gate ${gate}: what is new in the job may be missing on the card and in the decision; update the gate's functions (docs/upgrade.md)`
      return [{ name, verdict: 'WARN', reason }]
    }
    case 'other-major': {
      const reason = say`this job is ${own}, the gate ${gate}: they are of different major versions, between which formats may change; use the same one in both, the functions first (docs/upgrade.md)`
      return [{ name, verdict: 'WARN', reason }]
    }
    case 'not-comparable': {
      const reason = say`this job is ${own}, the gate ${gate}: these versions cannot be compared; use releases in both`
      return [{ name, verdict: 'WARN', reason }]
    }
  }
}
