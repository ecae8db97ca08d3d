import type { Emulator } from '../emulator/emulator.ts'
import type { DemoWorld } from '../emulator/worlds/demo.ts'
import type { GateRequest } from '../emulator/worlds/gate.ts'
import type { Decision } from './arguments.ts'
import type { Phase } from './tally.ts'

/** `asked` while somebody has to decide. */
export type Stage = 'waiting' | 'asked' | 'decided' | 'ended'

/** How far the release is: what the gate was asked, what was decided, how it ended. */
export class Story {
  readonly #emulator: Emulator
  readonly #demo: DemoWorld
  #request: GateRequest | undefined
  #decision: Decision | undefined
  #outcome: string | undefined

  constructor(emulator: Emulator, demo: DemoWorld) {
    this.#emulator = emulator
    this.#demo = demo
    void demo.gate.asked.then((request) => {
      this.#request = request
    })
  }

  get stage(): Stage {
    if (this.#outcome !== undefined) return 'ended'
    if (this.#decision !== undefined) return 'decided'
    return this.#request ? 'asked' : 'waiting'
  }

  /** A request that begins now belongs to it. */
  get phase(): Phase {
    if (this.#decision === 'approve' && !this.#shifted && this.#outcome === undefined)
      return 'shift'
    if (this.#decision !== undefined || this.#outcome !== undefined) return 'after'
    return this.#request ? 'gate' : 'before'
  }

  get deploymentId(): string | undefined {
    return this.#request?.deploymentId
  }

  get decision(): Decision | undefined {
    return this.#decision
  }

  get outcome(): string | undefined {
    return this.#outcome
  }

  /** Answers the gate, once; throws where the deployment no longer waits for an answer. */
  decide(decision: Decision): void {
    if (this.stage !== 'asked' || !this.#request) throw new Error('nothing is asked now')
    this.#demo.gate.decide(this.#request, decision === 'approve' ? 'Succeeded' : 'Failed')
    this.#decision = decision
  }

  end(outcome: string): void {
    this.#outcome = outcome
  }

  get #shifted(): boolean {
    const { deployments } = this.#emulator.world.codedeploy
    const events = deployments.get(this.deploymentId ?? '')?.events ?? []
    return events.some(
      ({ lifecycleEventName: name, status }) => name === 'AllowTraffic' && status === 'Succeeded'
    )
  }
}
