import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { ManualClock } from '../../../emulator/clock.ts'
import { InstantRuntime } from '../../../emulator/dataplane/instant-runtime.ts'
import { DYNAMODB_USES } from '../../../emulator/dynamodb/uses.ts'
import { startEmulator } from '../../../emulator/emulator.ts'
import type { Emulator } from '../../../emulator/emulator.ts'
import { CommonRefusal } from '../../../emulator/http/refusal.ts'
import type { OperationModel } from '../../../emulator/http/model.ts'
import { awsServices } from '../../../emulator/http/services.ts'
import type { Service } from '../../../emulator/http/services.ts'
import { Only, refuseUnused } from '../../../emulator/operation.ts'
import type { UsesOfRequest } from '../../../emulator/operation.ts'
import { stsOperations } from '../../../emulator/sts/operations.ts'
import { namesOutsideTheModel, unusedMembers, usedMembers } from './members.ts'
import { Probe } from './probe.ts'
import { deploy } from './scenario/codedeploy.ts'
import { balance, run } from './scenario/elb-and-ecs.ts'
import { alarm, invoke, keep, lookUp, signIn } from './scenario/others.ts'

/*
 * Every operation of every service says which members of its request it uses.
 * These tests hold that against the model of the SDK, and against what the
 * operation reads.
 */

let emulator: Emulator
let probe: Probe

const clock = new ManualClock()
const services = servicesOf(await open())

async function open(): Promise<Emulator> {
  emulator = await startEmulator({
    // In the order of the scenario's calls.
    switches: { readyWait: 'after-hook' },
    clock,
    runtime: (time) => new InstantRuntime(time),
    proxies: false
  })
  return emulator
}

function servicesOf({ operations, credentials }: Emulator): readonly Service[] {
  const forward = (): Promise<never> => Promise.reject(new Error('no test reaches the tables'))
  return awsServices({ ...operations, sts: stsOperations(credentials) }, { forward })
}

afterAll(async () => emulator.close())

interface Row {
  readonly operation: string
  readonly model: OperationModel
  readonly uses: UsesOfRequest
  /** With a request, as the front calls it. */
  readonly call: (input: object) => unknown
}

const ROWS = services.flatMap(({ id, model, operations, forward }): [string, Row][] => {
  const ours = Object.entries(operations).map(([name, { uses }]) => ({ name, uses }))
  const theirs = Object.entries(forward?.uses ?? {}).map(([name, uses]) => ({ name, uses }))
  return [...ours, ...theirs].map(({ name, uses }) => {
    const operation = `${id}:${name}`
    const modelled = model().operations.get(name)
    if (!modelled) throw new Error(`the model has no ${operation}`)
    const run = operations[name]
    const call = (input: object): unknown =>
      run
        ? run(input as never, emulator.world, { accessKeyId: '', arn: '' })
        : refuseUnused(operation, uses, input)
    return [operation, { operation, model: modelled, uses, call }]
  })
})

function refusalOf(call: () => unknown): unknown {
  try {
    return call()
  } catch (error) {
    return error
  }
}

describe('a member that an operation does not use is refused, at every depth, before anything is done', () => {
  it.each(ROWS)('%s', (_, { model, uses, call, operation }) => {
    for (const { path, input } of unusedMembers(model.input, uses)) {
      const error = refusalOf(() => call(input))
      expect(error).toBeInstanceOf(CommonRefusal)
      expect(error).toMatchObject({
        reason: 'not-emulated',
        message: expect.stringMatching(
          new RegExp(`^${operation}: not emulated: '${path.replaceAll('.', '\\.')}'`)
        )
      })
    }
    expect(namesOutsideTheModel(model.input, uses)).toEqual([])
  })
})

describe('a member that an operation says it uses is read, or kept and shown', () => {
  beforeAll(async () => {
    probe = new Probe(emulator, clock, services)
    const registration = services
      .find(({ id }) => id === 'ecs')
      ?.model()
      .operations.get('RegisterTaskDefinition')?.input
    if (!registration) throw new Error('the model has no RegisterTaskDefinition')
    await alarm(probe)
    await keep(probe)
    await lookUp(probe)
    await invoke(probe)
    await signIn(probe)
    const ground = await balance(probe)
    await run(probe, ground.group, registration)
    await deploy(probe, ground)
  })

  it.each(ROWS.filter(([operation]) => !operation.startsWith('dynamodb:')))(
    '%s',
    (operation, { model, uses }) => {
      const used = probe.used.get(operation)
      const missing = usedMembers(model.input, uses).filter((path) => !used?.has(path))
      expect(missing).toEqual([])
    }
  )
})

/** Dynalite's own list of the members that it knows; the package has no types. */
type Known = Readonly<Record<string, { readonly children?: unknown } | string>>

it.each(Object.entries(DYNAMODB_USES))(
  'dynalite knows what is handed on to it: %s',
  async (name, uses) => {
    const file = `${name.charAt(0).toLowerCase()}${name.slice(1)}`
    const { types } = (await import(`dynalite/validations/${file}.js`)) as { types: Known }
    const read = Object.keys(uses).filter((member) => !(uses[member] instanceof Only))
    expect(read.filter((member) => !(member in types))).toEqual([])
  }
)
