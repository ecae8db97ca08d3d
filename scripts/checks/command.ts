import { spawn } from 'node:child_process'
import { constants, setPriority } from 'node:os'

export interface CommandOptions {
  /** Ends the command together with everything that it has started. */
  readonly signal: AbortSignal
  /** Variables beside those of this process. */
  readonly environment?: Readonly<Record<string, string>>
  /** Is told what the command prints, as it comes; without it the command prints to this process's output. */
  readonly onOutput?: (text: string) => void
  /** The command takes only what the others leave of the machine. */
  readonly isYielding?: boolean
}

const LOWEST = constants.priority.PRIORITY_LOW

/** How long the output of a command that has ended is waited for. */
const LAST_OUTPUT_MS = 2_000

/** Runs a command to its end. True: it exited with 0. Errors: the command could not be started. */
export async function succeeds(
  command: string,
  args: readonly string[],
  { signal, environment = {}, onOutput, isYielding = false }: CommandOptions
): Promise<boolean> {
  if (signal.aborted) return false
  const output = onOutput ? 'pipe' : 'inherit'
  // A process group of its own, so that it can be ended as a whole.
  const child = spawn(command, args, {
    stdio: ['ignore', output, output],
    env: { ...process.env, ...environment },
    detached: true
  })
  if (isYielding && child.pid !== undefined) setPriority(child.pid, LOWEST)
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => onOutput?.(text))
  }
  const end = (): void => {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
  }
  signal.addEventListener('abort', end, { once: true })
  try {
    return await new Promise((resolve, reject) => {
      child.on('error', reject)
      child.on('exit', (code) => {
        const done = (): void => resolve(code === 0)
        // The last of the output can come after `exit`. A process that it left behind may hold the pipes open.
        child.once('close', done)
        setTimeout(done, LAST_OUTPUT_MS).unref()
      })
    })
  } finally {
    signal.removeEventListener('abort', end)
  }
}
