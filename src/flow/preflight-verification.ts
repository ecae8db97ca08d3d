import type { Listener, Plan } from '../controllers/control-plane.ts'
import type { CheckResult } from '../release/report.ts'
import type { Settings } from '../release/settings.ts'
import {
  announced,
  type Announced,
  announcedOfGreen,
  leftForJob
} from '../verification/file/announced.ts'
import type { Verification } from '../verification/file/model.ts'
import { say } from '../words/say.ts'

/**
 * Checks whether everything in the verification file can be asked, and whether the gate
 * waits for the evidence. Pure.
 */
export function checkVerification(
  settings: Settings,
  { listeners, following: { gate } }: Pick<Plan, 'listeners' | 'following'>,
  verification: Verification | undefined
): CheckResult[] {
  const { waitFor, verificationPath, ledgerTable, verifyFunction } = settings
  if (!verification) return []
  if (verifyFunction !== undefined && ledgerTable === undefined) {
    return [
      said(
        'NG',
        say`\`verify-function\` finds what to ask in the ledger; set \`ledger-table\` as well`
      )
    ]
  }
  // The part of the verification that this job does itself.
  const own = verifyFunction === undefined ? verification : leftForJob(verification)
  const asked = announced(own)
  const hasAddress = listeners.test !== 'none' || verification.target.test !== undefined
  if (asked.length > 0 && !hasAddress) {
    return [
      said(
        'NG',
        say`the deployment group has no test listener, so ${verifyFunction === undefined ? say`green` : named(asked)} cannot be asked before it has production traffic; give the group one, or name an address of green in \`target.test\` of ${verificationPath ?? ''}`
      )
    ]
  }
  const unnamed = askedWithoutName(verification, listeners)
  if (unnamed) {
    const why = unanswered(listeners[unnamed]) ?? ''
    return [
      said(
        'NG',
        say`the ${unnamed === 'test' ? say`test` : say`production`} listener ${why}; name the address that people use in \`target.${unnamed}\` of ${verificationPath ?? ''}`
      )
    ]
  }
  if (waitFor === 'started' && (verifyFunction === undefined || asked.length > 0)) {
    return [
      said(
        'NG',
        say`with \`wait-for: started\` the job ends before green can be asked; wait for \`test-traffic\` or later`
      )
    ]
  }
  const all = announced(verification)
  const names = [named(all), verification.availability && 'availability']
    .filter((name) => name !== undefined && name !== '')
    .join(', ')
  const unheld = asked.filter(({ required }) => required)
  if (unheld.length > 0 && (ledgerTable === undefined || gate !== 'hook')) {
    return [
      said(
        'WARN',
        say`${named(unheld)}: nothing holds traffic back until they are there; the job stops the deployment when one fails, if that is in time. The project's own gate with \`ledger-table\` waits for them`
      )
    ]
  }
  const inside = verifyFunction === undefined ? '' : ` (${askedInside(verification, hasAddress)})`
  return [said('OK', names + inside)]
}

/** Why a listener does not answer a request to the load balancer's own name. */
function unanswered(listener: Listener): string | undefined {
  switch (listener) {
    case 'tls':
      return say`speaks TLS, and no certificate is for the load balancer's own name`
    case 'by-rule':
      return say`leads to the service only by a rule that wants more than a path, such as a host or a header, which a request to the load balancer's own name does not have`
    case 'plain':
    case 'none':
      return undefined
  }
}

/**
 * The listener that has no address in `target`, and does not answer at the load balancer's
 * own name, by which it would be asked.
 */
function askedWithoutName(
  verification: Verification,
  listeners: Plan['listeners']
): 'test' | 'production' | undefined {
  const { target, availability } = verification
  const asksGreen = announced(verification).length > 0
  const fails = (side: 'test' | 'production'): boolean => unanswered(listeners[side]) !== undefined
  if (asksGreen && fails('test') && target.test === undefined) return 'test'
  const asksProduction = availability !== undefined && target.production === undefined
  return asksProduction && fails('production') ? 'production' : undefined
}

/** What the pre-flight says about the function, if a function asks. */
function askedInside(verification: Verification, hasAddress: boolean): string {
  if (announcedOfGreen(verification).length === 0) return say`observed from inside the VPC`
  return hasAddress
    ? say`asked from inside the VPC`
    : say`asked from inside the VPC at green's tasks directly: the deployment group has no test listener`
}

function named(all: readonly Announced[]): string {
  return all.map(({ name, required }) => `${name}${required ? '' : say` (advisory)`}`).join(', ')
}

function said(verdict: CheckResult['verdict'], reason: string): CheckResult {
  return { name: 'verification', verdict, reason }
}
