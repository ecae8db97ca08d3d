import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import type { Emulator } from '../../emulator/emulator.ts'
import type { GitHub } from '../../emulator/github/server.ts'
import type { Slack } from '../../emulator/slack/slack.ts'
import type { GateApp } from '../../emulator/worlds/gate-app.ts'
import type { StepResult } from '../../runner/run-action.ts'
import { isList, isMapping, textIn } from '../../src/documents/mapping.ts'
import { disagreements, type Due, type HistoryTold, type Told } from '../helpers/one-state.ts'
import { toldBy } from '../helpers/told.ts'

/** The part of a stage that has been told of releases. */
interface Stage {
  readonly emulator: Emulator
  readonly slack: Slack
  readonly github: GitHub
  readonly app: GateApp
  /** Runs the bundled command on the ledger. */
  command(...args: readonly string[]): Promise<{ readonly code: unknown; readonly text: string }>
}

/** A step that has ended, and whom it has to have told of its release. */
export interface EndedStep {
  readonly result: StepResult
  readonly due: Due
}

/** The events of CodeDeploy take a moment; if one is lost, the sweep finds it out. */
const EVENTS_MS = 5_000
const SWEEP_MS = 10_000

/**
 * Where job, card, ledger and GitHub tell different states of a release that has ended. Card and
 * ledger follow CodeDeploy's events, so they are waited for.
 */
export async function stateProblems(
  stage: Stage,
  steps: readonly EndedStep[]
): Promise<readonly string[]> {
  const told = await Promise.all(steps.map(({ result }) => toldBy(result)))
  const releases = steps.flatMap(({ result, due }, index) => {
    const each = told[index]
    if (!each) return []
    const before = steps.slice(0, index).filter((step) => step.due.mirrored).length
    const github = due.mirrored ? stage.github.deployments[before]?.state : undefined
    const id = result.outputs['deployment-id']
    return [{ id, told: { ...each, github, due: id === undefined ? undefined : due } }]
  })
  const problems = (): Promise<string[]> => problemsOf(stage, releases)
  let found = await until(EVENTS_MS, problems)
  if (found.length === 0) return []
  await sweep(stage)
  found = await until(SWEEP_MS, problems)
  return found
}

interface Release {
  readonly id: string | undefined
  readonly told: Told
}

async function problemsOf(stage: Stage, releases: readonly Release[]): Promise<string[]> {
  const history = await historyOf(stage)
  return releases.flatMap(({ id, told }) =>
    disagreements({
      ...told,
      card: id === undefined ? undefined : cardOf(stage, id),
      history: id === undefined ? undefined : history.get(id)
    })
  )
}

/** The header of the channel's message about this deployment; a later one takes its place. */
function cardOf({ slack }: Stage, id: string): string | undefined {
  const own = slack.workspace.messages.filter(
    ({ thread, blocks }) => thread === undefined && JSON.stringify(blocks).includes(id)
  )
  return own.flatMap(({ blocks }) => headersIn(blocks)).at(-1)
}

function headersIn(blocks: unknown): readonly string[] {
  if (!isList(blocks)) return []
  return blocks.flatMap((block) =>
    isMapping(block) && block['type'] === 'header' && isMapping(block['text'])
      ? (textIn(block['text'], 'text') ?? [])
      : []
  )
}

/** By the deployment's id, as the bundled command tells it. */
async function historyOf(stage: Stage): Promise<ReadonlyMap<string, HistoryTold>> {
  const args = ['history', '--table', stage.app.table, '--format', 'json']
  const { code, text } = await stage.command(...args)
  if (code !== 0) throw new Error(`history ended with ${String(code)}: ${text}`)
  const entries: unknown = JSON.parse(text)
  return new Map(
    (isList(entries) ? entries : []).filter(isMapping).map((entry) => [
      textIn(entry, 'deploymentId') ?? '',
      {
        state: textIn(entry, 'state') ?? '',
        result: textIn(entry, 'result'),
        rollback: textIn(entry, 'rollback')
      }
    ])
  )
}

async function sweep({ emulator, app }: Stage): Promise<void> {
  const client = new LambdaClient({
    endpoint: emulator.endpoint,
    region: emulator.world.region,
    credentials: emulator.userKeys
  })
  await client.send(new InvokeCommand({ FunctionName: app.sweepFunction }))
  client.destroy()
}

async function until(
  limitMs: number,
  problems: () => Promise<string[]>
): Promise<readonly string[]> {
  const end = Date.now() + limitMs
  for (;;) {
    const found = await problems()
    if (found.length === 0 || Date.now() > end) return found
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
}
