import { expect } from '@jest/globals'
import { ManualClock } from '../../../emulator/clock.ts'
import { InstantRuntime } from '../../../emulator/dataplane/instant-runtime.ts'
import { startEmulator } from '../../../emulator/emulator.ts'
import type { Emulator } from '../../../emulator/emulator.ts'
import { stsOperations } from '../../../emulator/sts/operations.ts'
import type { Client } from '../../foreign/clients/client.ts'
import { FUNCTION, KEY_ALIAS, LOG_GROUP, LOG_STREAM, ROLE_OF_TASKS } from './scenario/things.ts'
import { Answers } from './step.ts'
import type { Seen, Step, Wave } from './step.ts'

/** An empty account in virtual time, with one function that hands back what it is given. */
export interface Stage {
  readonly emulator: Emulator
  readonly clock: ManualClock
  /** What went wrong inside the emulator itself. */
  readonly internalErrors: readonly unknown[]
}

export async function openStage(): Promise<Stage> {
  const clock = new ManualClock()
  const internalErrors: unknown[] = []
  const emulator = await startEmulator({
    // In the order of the scenario's calls, and with answers that have the most to parse.
    switches: { readyWait: 'after-hook', manualStopCode: 'MANUAL_STOP' },
    clock,
    runtime: (time) => new InstantRuntime(time),
    proxies: false,
    onInternalError: (error) => internalErrors.push(error)
  })
  emulator.world.lambda.create(FUNCTION, { kind: 'inline', handler: (payload) => payload })
  emulator.world.keys.create({ alias: KEY_ALIAS })
  emulator.world.logGroups.create(LOG_GROUP)
  emulator.world.logGroups.write(LOG_GROUP, LOG_STREAM, 'listening on 8080')
  emulator.world.roles.create(ROLE_OF_TASKS, 'ecs-tasks.amazonaws.com')
  return { emulator, clock, internalErrors }
}

/** `service:Operation` of everything the account can do. */
export function operationsOf({ operations, credentials }: Emulator): string[] {
  return Object.entries({ ...operations, sts: stsOperations(credentials) }).flatMap(
    ([service, table]) => Object.keys(table).map((operation) => `${service}:${operation}`)
  )
}

/** Plays the waves with a client, step by step, and returns the operations that were answered. */
export async function play(
  { emulator, clock }: Stage,
  client: Client,
  waves: readonly Wave[]
): Promise<ReadonlySet<string>> {
  const answers = new Answers()
  const answered = new Set<string>()
  const seen: Seen = {
    text: (...path) => answers.text(...path),
    hookExecutionId: () => hookExecutionId(emulator),
    now: () => instant(clock.now())
  }
  for (const { steps, thenSeconds = 0 } of waves) {
    for (const step of steps(seen)) {
      const output = await take(client, step)
      if (!output) continue
      answers.add(step.name, output)
      answered.add(step.operation)
    }
    await clock.advance(thenSeconds * 1000)
  }
  return answered
}

/** The answer's members; nothing where a refusal was wanted. */
async function take(
  client: Client,
  { operation: full, input, expected }: Step
): Promise<Record<string, unknown> | undefined> {
  const [service = '', operation = ''] = full.split(':')
  const answer = await client.call({ service, operation, input })
  // The operation's name beside the answer says which step it was.
  const wanted = typeof expected === 'string' ? { refused: expected } : { output: expected }
  expect({ full, ...answer }).toMatchObject({ full, ...wanted })
  return 'output' in answer ? answer.output : undefined
}

function hookExecutionId({ world }: Emulator): string {
  for (const { payload } of world.lambda.find(FUNCTION)?.invocations ?? []) {
    if (typeof payload !== 'object' || payload === null) continue
    if (!('LifecycleEventHookExecutionId' in payload)) continue
    return String(payload.LifecycleEventHookExecutionId)
  }
  throw new Error('the hook has not been asked')
}

/** A date as epoch seconds or ISO 8601: every client has its own way. */
function instant(at: number): { asymmetricMatch(value: unknown): boolean; toString(): string } {
  return {
    asymmetricMatch: (value) =>
      (typeof value === 'number' ? value * 1000 : Date.parse(String(value))) === at,
    toString: () => new Date(at).toISOString()
  }
}
