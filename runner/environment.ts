import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readAction } from '../scripts/action-yml.ts'
import { JOB } from './job.ts'

/** Where action.yml is. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url))

export interface StepOptions {
  /** Fresh and empty: what the runner keeps for this step. */
  readonly folder: string
  /** As under `with:`; those not given have their default of action.yml. */
  readonly inputs: Readonly<Record<string, string>>
  /** What the job's own environment adds, or takes away with `undefined`. */
  readonly environment?: Readonly<Record<string, string | undefined>>
  /** GITHUB_WORKSPACE; a folder of its own unless given. */
  readonly workspace?: string
  /** What the main phase saved; given, this is the post phase. */
  readonly state?: Readonly<Record<string, string>>
  /** The event that triggered the workflow. */
  readonly event?: Readonly<Record<string, unknown>>
}

/** The files through which a step talks to the runner. */
export interface StepFiles {
  readonly output: string
  readonly state: string
  readonly summary: string
}

/** The environment that a GitHub-hosted runner gives to a step of this action, and to nothing else. */
export async function stepEnvironment(
  options: StepOptions
): Promise<{ environment: Record<string, string>; files: StepFiles }> {
  const { folder, inputs, state = {}, event = { ref: JOB.ref } } = options
  const path = (name: string): string => join(folder, name)
  const files = { output: path('output'), state: path('state'), summary: path('summary.md') }
  for (const file of Object.values(files)) await writeFile(file, '')
  await writeFile(path('event.json'), JSON.stringify(event))
  const workspace = options.workspace ?? path('workspace')
  for (const each of [workspace, path('temp'), path('home')]) {
    await mkdir(each, { recursive: true })
  }
  const environment: Readonly<Record<string, string | undefined>> = {
    ...(process.env.PATH !== undefined && { PATH: process.env.PATH }),
    HOME: path('home'),
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTOR: JOB.actor,
    GITHUB_TRIGGERING_ACTOR: JOB.actor,
    GITHUB_EVENT_NAME: 'push',
    GITHUB_EVENT_PATH: path('event.json'),
    GITHUB_JOB: 'release',
    GITHUB_OUTPUT: files.output,
    GITHUB_REF: JOB.ref,
    GITHUB_REF_NAME: 'main',
    GITHUB_REPOSITORY: JOB.repository,
    GITHUB_RUN_ATTEMPT: JOB.runAttempt,
    GITHUB_RUN_ID: JOB.runId,
    GITHUB_RUN_NUMBER: '7',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_SHA: JOB.sha,
    GITHUB_STATE: files.state,
    GITHUB_STEP_SUMMARY: files.summary,
    GITHUB_WORKFLOW: JOB.workflow,
    GITHUB_WORKSPACE: workspace,
    RUNNER_ENVIRONMENT: 'github-hosted',
    RUNNER_OS: 'Linux',
    RUNNER_TEMP: path('temp'),
    ...(await inputVariables(inputs)),
    ...Object.fromEntries(Object.entries(state).map(([name, value]) => [`STATE_${name}`, value])),
    ...options.environment
  }
  return { environment: withoutUndefined(environment), files }
}

/** `INPUT_` variables: names in upper case, spaces as underscores, hyphens kept; one for every input there is. */
async function inputVariables(
  given: Readonly<Record<string, string>>
): Promise<Record<string, string>> {
  const { inputs } = readAction(await readFile(join(ROOT, 'action.yml'), 'utf8'))
  const all = {
    ...Object.fromEntries(inputs.map((input) => [input.name, input.default ?? ''])),
    ...given
  }
  return Object.fromEntries(
    Object.entries(all).map(([name, value]) => [
      `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`,
      value
    ])
  )
}

function withoutUndefined(
  values: Readonly<Record<string, string | undefined>>
): Record<string, string> {
  const kept = Object.entries(values).filter(
    (entry): entry is [string, string] => entry[1] !== undefined
  )
  return Object.fromEntries(kept)
}
