import { spawn } from 'node:child_process'

/**
 * Runs a command with this process's output to its end. True: it exited with 0.
 * Aborting the signal ends it together with everything it has started.
 */
export async function succeeds(
  command: string,
  args: readonly string[],
  signal: AbortSignal
): Promise<boolean> {
  if (signal.aborted) return false
  // A process group of its own, so that it can be ended as a whole.
  const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'], detached: true })
  const end = (): void => {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
  }
  signal.addEventListener('abort', end, { once: true })
  try {
    return await new Promise((resolve, reject) => {
      child.on('error', reject)
      child.on('exit', (code) => resolve(code === 0))
    })
  } finally {
    signal.removeEventListener('abort', end)
  }
}
