import { routesOf } from '../../aws/routes.ts'
import type { CheckResult } from '../../release/report.ts'
import type { Settings } from '../../release/settings.ts'
import { announced } from '../../verification/file/announced.ts'
import type { Verification } from '../../verification/file/model.ts'
import type { Plan } from './plan.ts'
import type { Facts } from './survey.ts'

/** Whether what the verification file asks can be asked, and whether the gate waits for it. Pure. */
export function checkVerification(
  { waitFor, verificationPath, ledgerTable }: Settings,
  { group }: Facts,
  { gate }: Plan,
  verification: Verification | undefined
): CheckResult[] {
  if (!verification) return []
  const all = announced(verification)
  const hasListener = 'value' in group && routesOf(group.value.info).test !== undefined
  if (all.length > 0 && !hasListener && verification.target.test === undefined) {
    return [
      said(
        'NG',
        'the deployment group has no test listener, so green cannot be asked before it has production ' +
          `traffic; give the group one, or name an address of green in \`target.test\` of ${verificationPath ?? ''}`
      )
    ]
  }
  if (waitFor === 'started') {
    return [
      said(
        'NG',
        'with `wait-for: started` the job ends before green can be asked; wait for `test-traffic` or later'
      )
    ]
  }
  const names = [
    ...all.map(({ name, required }) => `${name}${required ? '' : ' (advisory)'}`),
    ...(verification.availability ? ['availability'] : [])
  ]
  const required = all.some((each) => each.required)
  if (required && (ledgerTable === undefined || gate.kind !== 'hook')) {
    return [
      said(
        'WARN',
        `${names.join(', ')}: nothing holds traffic back until they are there; the job stops the ` +
          "deployment when one fails, if that is in time. The project's own gate with `ledger-table` waits for them"
      )
    ]
  }
  return [said('OK', names.join(', '))]
}

function said(verdict: CheckResult['verdict'], reason: string): CheckResult {
  return { name: 'verification', verdict, reason }
}
