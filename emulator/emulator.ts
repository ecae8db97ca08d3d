import { createAccount } from './account.ts'
import type { AccountOperations } from './account.ts'
import { ScaledClock } from './clock.ts'
import type { Clock } from './clock.ts'
import { CONTROL_PREFIX, controlApi } from './control-api.ts'
import { ProcessRuntime } from './dataplane/process-runtime.ts'
import type { TaskRuntime } from './dataplane/runtime.ts'
import type { Traffic } from './dataplane/traffic.ts'
import { clientEnvironment, openFront } from './front.ts'
import type { Front } from './front.ts'
import { openHttpApi } from './http-api/server.ts'
import type { HttpApi, HttpApiOptions } from './http-api/server.ts'
import type { StsOptions } from './sts/operations.ts'
import { DEFAULT_SWITCHES } from './switches.ts'
import type { Switches } from './switches.ts'
import type { World } from './world.ts'

export interface EmulatorOptions {
  readonly partition?: string
  readonly account?: string
  readonly region?: string
  /** The machine's own time unless given. */
  readonly clock?: Clock
  readonly switches?: Partial<Switches>
  /** 0, the default, takes a free one. */
  readonly port?: number
  /** What runs tasks: processes of the example service unless given. */
  readonly runtime?: (clock: Clock) => TaskRuntime
  /** Whether listeners are real proxies on loopback (default); not with a runtime without processes. */
  readonly proxies?: boolean
  readonly sts?: StsOptions
  /** How many events all functions of the account may handle at once; 1,000 unless given, 10 in a new account. */
  readonly functionConcurrency?: number
  /** Fills the account before anyone can reach it. */
  readonly world?: (emulator: Emulator) => Promise<unknown>
  /** Told of what went wrong inside the emulator itself; printed unless given. */
  readonly onInternalError?: (error: unknown) => void
}

/** A running emulated account. */
export interface Emulator extends Omit<Front, 'close'> {
  readonly world: World
  /** The API operations, to set up a world without HTTP. */
  readonly operations: AccountOperations
  /** What has gone through the listeners, by version. */
  readonly traffic: Traffic
  /** The variables an AWS client needs to talk to this account. */
  readonly environment: Readonly<Record<string, string>>
  /** Puts an HTTP API in front of functions of this account; it closes with the emulator. */
  openHttpApi(options: HttpApiOptions): Promise<HttpApi>
  /** Leaves nothing running. */
  close(): Promise<void>
}

/** Starts an emulated AWS account on a port of its own. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { partition = 'aws', account = '123456789012', region = 'eu-central-1' } = options
  const clock = options.clock ?? new ScaledClock()
  const inside = createAccount({
    partition,
    account,
    region,
    clock,
    switches: { ...DEFAULT_SWITCHES, ...options.switches },
    runtime: options.runtime?.(clock) ?? new ProcessRuntime(clock),
    proxies: options.proxies ?? true,
    functionConcurrency: options.functionConcurrency ?? 1000,
    functionEnvironment: (name, role) => functionEnvironment(emulator, name, role)
  })
  const front = await openFront({
    world: inside.world,
    operations: inside.operations,
    tables: inside.tables,
    port: options.port ?? 0,
    sts: options.sts ?? {},
    onInternalError: options.onInternalError ?? ((error) => console.error(error)),
    routes: (parts) => [[CONTROL_PREFIX, controlApi(inside.world, inside.traffic, parts)]]
  })
  const apis: HttpApi[] = []
  const emulator: Emulator = {
    ...front,
    world: inside.world,
    operations: inside.operations,
    traffic: inside.traffic,
    environment: clientEnvironment(front.endpoint, region, front.userKeys),
    async openHttpApi(api) {
      const opened = await openHttpApi(inside.world, api)
      apis.push(opened)
      return opened
    },
    async close() {
      await Promise.all([inside.close(), ...apis.map((api) => api.close())])
      await front.close()
    }
  }
  try {
    await options.world?.(emulator)
  } catch (error) {
    await emulator.close()
    throw error
  }
  return emulator
}

/** A function runs under a role, whose keys Lambda renews: here they simply last. */
function functionEnvironment(
  emulator: Emulator,
  name: string,
  role: string | undefined
): Record<string, string> {
  const { partition, account, region } = emulator.world
  const roleName = role?.split('/').at(-1) ?? `${name}-role`
  const arn = `arn:${partition}:sts::${account}:assumed-role/${roleName}/${name}`
  return clientEnvironment(emulator.endpoint, region, emulator.credentials.issue(arn, Infinity))
}
