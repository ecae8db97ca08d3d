import { randomBytes } from 'node:crypto'
import type { Endpoint, RunningTask, TaskRuntime, TaskSpec } from '../dataplane/runtime.ts'

/** What an instance serves with: a program of the runtime, or a server that somebody else has started. */
export type Software = Pick<TaskSpec, 'image' | 'environment'> | Endpoint

/** A virtual machine that load balancers send requests to. */
export interface Instance {
  /** `i-` and 17 hex digits. */
  readonly id: string
  readonly privateIp: string
  /** Where its software listens now, on any port that is asked for. */
  readonly endpoint: Endpoint
}

/** The instances of one account. No API of EC2 reaches them: whoever fills them is another pipeline. */
export interface Instances {
  /** Resolves with the instance once its software listens. Errors: those of the runtime. */
  launch(software: Software): Promise<Instance>
  /** Puts other software on it: the former has ended, and this one listens, when it resolves. */
  deploy(id: string, software: Software): Promise<void>
  /** By id or private address; undefined if there is none that runs. */
  find(idOrAddress: string): Instance | undefined
}

const STOP_TIMEOUT_SECONDS = 30
/** Where nothing listens: a name that cannot resolve keeps a proxy from a stranger's port. */
const NOWHERE: Endpoint = { host: 'instance.invalid', port: 1 }

interface Machine {
  readonly instance: Instance
  serving: Endpoint
  running: RunningTask | undefined
}

export function createInstances({ runtime }: { readonly runtime: TaskRuntime }): Instances {
  const machines: Machine[] = []
  const find = (idOrAddress: string): Machine | undefined =>
    machines.find(
      ({ instance }) => instance.id === idOrAddress || instance.privateIp === idOrAddress
    )

  async function deploy(machine: Machine, software: Software): Promise<void> {
    machine.serving = NOWHERE
    machine.running?.stop()
    await machine.running?.exited
    machine.running = undefined
    if ('host' in software) {
      machine.serving = software
      return
    }
    machine.running = runtime.start({
      ...software,
      containerName: machine.instance.id,
      sidecarImages: [],
      stopTimeoutSeconds: STOP_TIMEOUT_SECONDS
    })
    machine.serving = await machine.running.started
  }

  return {
    async launch(software) {
      const number = machines.length + 1
      const machine: Machine = {
        serving: NOWHERE,
        running: undefined,
        instance: {
          id: `i-0${randomBytes(8).toString('hex')}`,
          privateIp: `10.0.${200 + Math.floor(number / 250)}.${(number % 250) + 4}`,
          // What balances keeps this object, and reads it at each request.
          endpoint: {
            get host() {
              return machine.serving.host
            },
            get port() {
              return machine.serving.port
            }
          }
        }
      }
      machines.push(machine)
      await deploy(machine, software)
      return machine.instance
    },
    async deploy(id, software) {
      const machine = find(id)
      if (!machine) throw new Error(`no instance ${id} in the emulated account`)
      await deploy(machine, software)
    },
    find: (idOrAddress) => find(idOrAddress)?.instance
  }
}
