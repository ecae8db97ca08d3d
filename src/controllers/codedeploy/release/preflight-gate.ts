import type { CheckResult } from '../../../release/report.ts'
import type { Settings } from '../../../release/settings.ts'
import { wayForGate } from '../appspec/hooks.ts'
import { GATE_EVENT } from '../appspec/model.ts'
import { routesOf } from '../reader/routes.ts'
import type { CodeDeployPlan } from './plan.ts'
import type { Facts } from './survey.ts'
import { say } from '../../../words/say.ts'

type Verdict = CheckResult['verdict']

function result(name: string, verdict: Verdict, reason: string): CheckResult {
  return { name, verdict, reason }
}

/** Whether somebody is asked before production traffic moves, and what to do where nobody is. */
export function checkGate(settings: Settings, facts: Facts, plan: CodeDeployPlan): CheckResult {
  const name = 'gate'
  const { appSpec, gate } = plan
  const move = wayFor(settings, facts, plan)
  if (gate.kind === 'continue' && move !== undefined) {
    const unasked = say`; "${settings.gateFunction ?? ''}" is not asked: ${move}`
    return result(name, 'WARN', gate.reason + unasked)
  }
  if (gate.kind !== say`none`) return result(name, 'OK', gate.reason)
  if (appSpec === undefined) {
    return result(name, 'SKIP', say`there is no AppSpec to look at, for the reasons above`)
  }
  if (!settings.requireApproval) {
    const unasked = say`; production traffic moves without anybody being asked`
    return result(name, 'WARN', gate.reason + unasked + (move === undefined ? '' : `; ${move}`))
  }
  const todo =
    move ??
    say`set \`gate-function\` or a \`BeforeAllowTraffic\` hook, let the deployment group wait for an explicit continue`
  return result(name, 'NG', say`${gate.reason}; ${todo}, or set \`require-approval: false\``)
}

/** How a function of the team's own makes way for the gate; undefined if none is in its place. */
function wayFor(
  { gateFunction, hooks }: Settings,
  { group }: Facts,
  { appSpec, appSpecOrigin }: CodeDeployPlan
): string | undefined {
  if (gateFunction === undefined || appSpec === undefined) return undefined
  const hasTestListener = 'value' in group && routesOf(group.value.info).test !== undefined
  const way = wayForGate(appSpec, hasTestListener)
  if (way === undefined) return undefined
  const isInput = hooks.some(({ event }) => event === GATE_EVENT)
  return say`${way}, in ${isInput ? '`hooks`' : (appSpecOrigin.path ?? '')}`
}

/** With a table the ledger itself says who can be proven to ask. */
export function checkWhoAsks(
  { ledgerTable }: Settings,
  { gate }: CodeDeployPlan
): CheckResult | undefined {
  if (gate.kind !== 'hook' || ledgerTable !== undefined) return undefined
  return result(
    'who asks',
    'WARN',
    say`nobody can prove it without a record in the ledger, and a gate whose policy forbids self-approval stays closed: set \`ledger-table\`, and give the job \`permissions: {id-token: write}\``
  )
}

/** With a table the ledger itself says who is watched. */
export function checkWatchdog(
  { ledgerTable }: Settings,
  { gate }: CodeDeployPlan
): CheckResult | undefined {
  if (gate.kind !== 'hook' || ledgerTable !== undefined) return undefined
  return result(
    'watchdog',
    'SKIP',
    say`whether the gate's policy watches this deployment group is not known without \`ledger-table\``
  )
}
