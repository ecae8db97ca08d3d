import * as core from '@actions/core'
import type { Io } from './io.ts'
import { systemClock } from '../release/clock.ts'
import { createLog } from './log.ts'
import { isPost } from './state.ts'
import { main } from './main.ts'
import { post } from './post.ts'

/** Runs the phase for which the runner has started this process, then ends the process. */
export async function enter(): Promise<void> {
  // If anything ends this process before its phase has succeeded, that is a failure. Node also
  // exits with this code if it awaits a promise that nothing can settle any more.
  process.exitCode = 1
  const cancel = new AbortController()
  const ask = (): void => cancel.abort()
  process.on('SIGINT', ask)
  process.on('SIGTERM', ask)
  const io: Io = {
    core,
    env: process.env,
    clock: systemClock,
    random: Math.random,
    cancelled: cancel.signal,
    atExit: (act) => {
      process.once('exit', act)
      return () => process.removeListener('exit', act)
    }
  }
  try {
    const succeeded = await (isPost(core) ? post(io) : main(io))
    process.exitCode = succeeded ? 0 : 1
  } catch (error) {
    createLog(core).fail(error instanceof Error ? (error.stack ?? error.message) : String(error))
  }
  // Everything has been written, and a call that hangs must not keep a cancelled job from ending.
  process.stdout.write('', () => process.exit())
}
