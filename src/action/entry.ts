import * as core from '@actions/core'
import { systemClock, type Io } from './io.ts'
import { createLog } from './log.ts'
import { isPost } from './state.ts'
import { main } from './main.ts'
import { post } from './post.ts'

/** Runs the phase that the runner has started this process for, and ends the process. */
export async function enter(): Promise<void> {
  const cancel = new AbortController()
  const ask = (): void => cancel.abort()
  process.on('SIGINT', ask)
  process.on('SIGTERM', ask)
  const io: Io = {
    core,
    env: process.env,
    clock: systemClock,
    random: Math.random,
    cancelled: cancel.signal
  }
  try {
    await (isPost(core) ? post(io) : main(io))
  } catch (error) {
    createLog(core).fail(error instanceof Error ? (error.stack ?? error.message) : String(error))
  }
  // A call that hangs must not keep a cancelled job from ending: everything has been written.
  process.stdout.write('', () => process.exit())
}
