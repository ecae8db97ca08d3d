import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  copyFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  symlink,
  writeFile
} from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { ROOT } from '../../runner/environment.ts'

export interface ActOptions {
  /** Its jobs are for `ubuntu-latest`. Their workspaces are empty: a step has to copy `$ACTION` there. */
  readonly workflow: string
  /** Files of `$ACTION` besides action.yml and dist/ of the checkout, or in their place. */
  readonly files?: Readonly<Record<string, string>>
  /** What every step gets to see besides. */
  readonly environment?: Readonly<Record<string, string>>
  /** Aborted: act cancels its jobs, as with Ctrl-C. */
  readonly cancelled?: AbortSignal
}

/** One process of the action. */
export interface Phase {
  readonly job: string
  readonly isPost: boolean
  /** Its variables `INPUT_...`. */
  readonly inputs: Readonly<Record<string, string>>
}

export interface ActRun {
  readonly exitCode: number | null
  /** `success` or `failure`, by the job's id. */
  readonly results: Readonly<Record<string, string>>
  /** What act has found in the summary file of a step, by the job's id. */
  readonly summaries: Readonly<Record<string, string>>
  /** What the job's steps have written to `$NOTES/ID`, by the job's id. */
  readonly notes: Readonly<Record<string, string>>
  /** In the order in which they began. */
  readonly phases: readonly Phase[]
  /** What act has called an error, each once. */
  readonly errors: readonly string[]
  /** Whom act and the action have asked for anything, this machine excepted. */
  readonly asked: readonly string[]
}

/** A run that takes longer hangs, milliseconds. */
const LIMIT = 100_000

/** Runs a workflow on act, a runner that others have made, right on this machine. */
export async function runAct(options: ActOptions): Promise<ActRun> {
  const folder = await mkdtemp(join(tmpdir(), 'act-'))
  const at = (name: string): string => join(folder, name)
  const proxy = await refusingProxy()
  try {
    await writeFile(at('workflow.yml'), options.workflow)
    await writeFile(at('phases'), '')
    await writeFile(at('record.cjs'), recorderInto(at('phases')))
    await layAction(at('action'), options.files)
    await mkdir(at('notes'))
    const child = spawn('act', argumentsIn(folder), {
      env: {
        ...(process.env.PATH !== undefined && { PATH: process.env.PATH }),
        HOME: folder,
        HTTP_PROXY: proxy.url,
        HTTPS_PROXY: proxy.url,
        NO_PROXY: '127.0.0.1',
        ACT_DISABLE_VERSION_CHECK: '1',
        NODE_OPTIONS: `--require=${at('record.cjs')}`,
        ACTION: at('action'),
        NOTES: at('notes'),
        ...options.environment
      },
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: LIMIT,
      killSignal: 'SIGKILL'
    })
    options.cancelled?.addEventListener('abort', () => child.kill('SIGINT'))
    const [log] = await Promise.all([text(child.stdout), once(child, 'close')])
    const lines = log.split('\n').filter((line) => line !== '')
    return {
      exitCode: child.exitCode,
      results: byJob(lines, 'jobResult'),
      summaries: byJob(lines, 'content'),
      notes: await filesOf(at('notes')),
      phases: (await readFile(at('phases'), 'utf8')).split('\n').flatMap(readPhase),
      errors: errorsIn(lines),
      asked: proxy.asked
    }
  } finally {
    await proxy.close()
    await rm(folder, { recursive: true, force: true })
  }
}

function argumentsIn(folder: string): string[] {
  const run = ['push', '--directory', folder, '--workflows', 'workflow.yml', '--json']
  const here = ['--platform', 'ubuntu-latest=-self-hosted', '--no-cache-server']
  // Without a token act looks for one of the person who runs it.
  return [
    ...run,
    ...here,
    '--action-cache-path',
    join(folder, 'cache'),
    '--secret',
    `GITHUB_TOKEN=${TOKEN}`
  ]
}

/** What `${{ github.token }}` is there. */
export const TOKEN = 'token-of-the-job'

async function layAction(
  folder: string,
  files: Readonly<Record<string, string>> = {}
): Promise<void> {
  await mkdir(folder)
  await copyFile(join(ROOT, 'action.yml'), join(folder, 'action.yml'))
  await symlink(join(ROOT, 'dist'), join(folder, 'dist'))
  for (const [name, content] of Object.entries(files)) {
    await mkdir(join(folder, name, '..'), { recursive: true })
    await writeFile(join(folder, name), content)
  }
}

/** A module that each process of Node there begins with: it notes the process's environment, one line each. */
function recorderInto(path: string): string {
  return `require('node:fs').appendFileSync(${JSON.stringify(path)}, JSON.stringify(process.env) + '\\n')\n`
}

function readPhase(line: string): Phase[] {
  if (line === '') return []
  const environment = fieldsOf(line)
  const inputs = Object.entries(environment).filter(([name]) => name.startsWith('INPUT_'))
  return [
    {
      job: environment['GITHUB_JOB'] ?? '',
      isPost: environment['STATE_isPost'] === 'true',
      inputs: Object.fromEntries(inputs)
    }
  ]
}

/** That field of the job's last line that has it, by the job's id. */
function byJob(lines: readonly string[], field: string): Record<string, string> {
  const found = lines.map(fieldsOf).flatMap((line) => {
    const [job, value] = [line['jobID'], line[field]]
    return job === undefined || value === undefined ? [] : [[job, value]]
  })
  return Object.fromEntries(found) as Record<string, string>
}

function errorsIn(lines: readonly string[]): string[] {
  const errors = lines.map(fieldsOf).filter(({ level }) => level === 'error')
  return [...new Set(errors.map(({ msg = '' }) => msg))]
}

/** The members of a JSON object that are texts. */
function fieldsOf(line: string): Readonly<Record<string, string>> {
  const object: unknown = JSON.parse(line)
  const entries = Object.entries(object ?? {}).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string'
  )
  return Object.fromEntries(entries)
}

async function filesOf(folder: string): Promise<Record<string, string>> {
  const names = await readdir(folder)
  const texts = names.map(
    async (name) => [name, await readFile(join(folder, name), 'utf8')] as const
  )
  return Object.fromEntries(await Promise.all(texts))
}

interface Proxy {
  readonly url: string
  readonly asked: readonly string[]
  readonly close: () => Promise<void>
}

/** Takes note of whom it is asked to reach, and reaches nobody. */
async function refusingProxy(): Promise<Proxy> {
  const asked: string[] = []
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.once('data', (request) => {
      asked.push(request.toString('latin1').split(' ')[1] ?? '')
      socket.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n')
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    asked,
    close: async () => {
      server.close()
      await once(server, 'close')
    }
  }
}
