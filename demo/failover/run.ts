import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { startEmulator } from '../../emulator/emulator.ts'
import type { Emulator } from '../../emulator/emulator.ts'
import { ROOT } from '../../runner/environment.ts'
import { startAction } from '../../runner/run-action.ts'
import { keepFiles, reportIn, withoutFiles } from '../kept.ts'
import { startLoad } from '../load.ts'
import { openFailoverPage } from './page.ts'
import type { PageRelease } from './page.ts'
import type { FailoverResult, ReleaseResult } from './result.ts'
import { minus, Watched } from './watched.ts'
import { openStage } from './world.ts'
import type { FailoverStage, SideName } from './world.ts'

/** Requests a second. */
const RATE = 20
/** How long each step is watched: in an account minutes, here nobody wants to wait for them. */
const BAKE = '3 s'
const LOOK_MS = 200

/** The same workflow each time: only the image differs, and at the end what is left behind. */
const RELEASES = [
  { version: '2', finish: 'switched' },
  { version: '3', finish: 'balanced' }
] as const
type Wanted = (typeof RELEASES)[number]

export interface FailoverHooks {
  /** The folder that keeps what the jobs have written; undefined: it is removed with the demo. */
  readonly keepPath: string | undefined
  readonly onLog: (line: string) => void
  readonly say: (line: string) => void
  /** The page that shows it all. */
  readonly onPage: (url: string) => void
  /** Aborted: everything ends at once. */
  readonly interrupted: AbortSignal
}

type Closers = (() => Promise<void>)[]

/** Both releases, from an empty account to nothing left running; rejects when interrupted. */
export async function failoverOnce(hooks: FailoverHooks): Promise<FailoverResult> {
  const closers: Closers = []
  const interruption = Promise.withResolvers<never>()
  const interrupt = (): void => interruption.reject(hooks.interrupted.reason)
  hooks.interrupted.addEventListener('abort', interrupt, { once: true })
  try {
    return await Promise.race([play(hooks, closers), interruption.promise])
  } finally {
    hooks.interrupted.removeEventListener('abort', interrupt)
    for (const close of closers.reverse()) await close()
  }
}

async function play(hooks: FailoverHooks, closers: Closers): Promise<FailoverResult> {
  const startedAt = performance.now()
  const emulator = await startEmulator({ region: 'eu-west-1' })
  closers.push(() => emulator.close())
  const stage = await openStage(emulator)
  const watched = new Watched(emulator, stage)
  const users = { all: 0, failures: 0 }
  const shown: Shown[] = []
  const page = await openFailoverPage(() => ({
    sides: watched.sides(),
    failures: users.failures,
    releases: shown
  }))
  closers.push(() => page.close())
  const { say } = hooks
  say(`An AWS account, emulated, at ${emulator.endpoint}`)
  say(`Two groups of orders serve ${stage.url ?? ''}, under ${RATE} requests a second`)
  hooks.onPage(page.url)
  const load = startLoad({
    url: `${stage.url ?? ''}/version`,
    rate: RATE,
    begin: () => (answer) => {
      users.all++
      if (answer.failed) users.failures++
    }
  })
  closers.push(() => load.stop())
  const looking = setInterval(() => watched.look(), LOOK_MS)
  closers.push(async () => clearInterval(looking))
  const folder = await mkdtemp(join(tmpdir(), 'demo-'))
  closers.push(() => rm(folder, { recursive: true, force: true }))
  await pause(1_000) // some traffic before anything begins
  const releases: ReleaseResult[] = []
  for (const wanted of RELEASES) {
    await fillWorkspace(folder, stage)
    releases.push(await release(wanted, { emulator, stage, watched, users, folder, shown }, hooks))
    await pause(1_000)
  }
  return {
    strategy: 'failover',
    releases,
    requests: { ...users },
    weights: watched.weights(),
    seconds: Math.round((performance.now() - startedAt) / 100) / 10
  }
}

type Shown = { -readonly [K in keyof PageRelease]: PageRelease[K] }

interface Scene {
  readonly emulator: Emulator
  readonly stage: FailoverStage
  readonly watched: Watched
  readonly users: { readonly failures: number }
  readonly folder: string
  readonly shown: Shown[]
}

async function release(
  { version, finish }: Wanted,
  { emulator, stage, watched, users, folder, shown }: Scene,
  hooks: FailoverHooks
): Promise<ReleaseResult> {
  // As the action reads it too: from the live weights.
  const { prod1, prod2 } = watched.weights()
  const [from, to]: readonly [SideName, SideName] =
    prod1 >= prod2 ? ['prod1', 'prod2'] : ['prod2', 'prod1']
  const view: Shown = { version, from, to, finish, outcome: undefined, line: 'it has begun' }
  shown.push(view)
  hooks.say(`Version ${version} is released: ${from} serves, so ${to} gets it`)
  watched.takeSplits()
  const before = { requests: watched.requests(), failures: users.failures }
  const step = await startAction({
    inputs: inputsFor(version, finish, stage, folder),
    environment: emulator.environment,
    workspace: folder,
    onLine: (line) => {
      if (hooks.interrupted.aborted) return
      view.line = newsIn(line) ?? view.line
      hooks.onLog(line)
    }
  })
  const stop = (): void => step.kill('SIGKILL')
  hooks.interrupted.addEventListener('abort', stop, { once: true })
  try {
    const end = await step.result
    view.outcome = end.outputs['outcome'] ?? 'unknown'
    const { keepPath } = hooks
    const kept =
      keepPath === undefined
        ? undefined
        : await keepFiles(join(keepPath, `version-${version}`), end)
    return {
      ...{ version, finish, from, to },
      outcome: end.outputs['outcome'],
      exitCode: end.exitCode,
      outputs: kept ?? withoutFiles(end.outputs),
      splits: watched.takeSplits(),
      requests: minus(watched.requests(), before.requests),
      failures: users.failures - before.failures,
      summary: end.summary,
      report: (await reportIn(end.outputs)) ?? null
    }
  } finally {
    hooks.interrupted.removeEventListener('abort', stop)
    await step.dispose()
  }
}

function inputsFor(
  version: string,
  finish: string,
  stage: FailoverStage,
  folder: string
): Record<string, string> {
  const { cluster, container, loadBalancer, port, alone, prod1, prod2 } = stage
  return {
    strategy: 'failover',
    listener: `${loadBalancer}:${port}`,
    cluster,
    sides: [
      `prod1=${prod1.targetGroup}`,
      `prod2=${prod2.targetGroup}`,
      `prod1-service=${prod1.service ?? ''}`,
      `prod2-service=${prod2.service ?? ''}`,
      `prod1-url=${alone.prod1}`,
      `prod2-url=${alone.prod2}`
    ].join('\n'),
    bake: BAKE,
    finish,
    'task-definition': 'task-definition.json',
    'container-name': container,
    image: `123456789012.dkr.ecr.eu-west-1.amazonaws.com/orders:${version}`,
    // Where every task keeps its orders: a load balancer sends each request to another one.
    'environment-variables': `STORE_FILE=${join(folder, `orders-${version}.sqlite`)}`,
    verification: 'verification.yml'
  }
}

/** What the log says of a step, a deployment or a check; its other lines come at every poll. */
function newsIn(line: string): string | undefined {
  const [, what = '', rest = ''] = /^\+\d\d:\d\d\s+(.+?)\s{2,}(.*)$/.exec(line) ?? []
  return /^(deploy|watch|\d+ % to) |^evidence$/.test(what) ? `${what}: ${rest}` : undefined
}

/** What a job's checkout would be: the examples, told where users find the service, because its name is in no DNS. */
async function fillWorkspace(folder: string, { url = '' }: FailoverStage): Promise<void> {
  const example = (path: string): Promise<string> => readFile(join(ROOT, 'examples', path), 'utf8')
  await writeFile(
    join(folder, 'task-definition.json'),
    await example('service/task-definition.json')
  )
  const target = `target: { production: "${url}" }\n`
  await writeFile(join(folder, 'verification.yml'), (await example('verification.yml')) + target)
}
