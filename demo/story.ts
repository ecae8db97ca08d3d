import type { Gate, GateRequest } from '../emulator/worlds/gate.ts'
import type { Decision } from './arguments.ts'
import type { Phase } from './tally.ts'

/** `asked` while somebody has to decide. */
export type Stage = 'waiting' | 'asked' | 'decided' | 'ended'

/** How far the release is: what the gate was asked, what was decided, how it ended. */
export class Story {
  readonly #gate: Pick<Gate, 'asked' | 'decide'>
  readonly #hasShifted: (deploymentId: string) => boolean
  #request: GateRequest | undefined
  #decision: Decision | undefined
  #outcome: string | undefined

  /** `hasShifted` tells whether production traffic has moved. */
  constructor(gate: Pick<Gate, 'asked' | 'decide'>, hasShifted: (deploymentId: string) => boolean) {
    this.#gate = gate
    this.#hasShifted = hasShifted
    void gate.asked.then((request) => {
      this.#request = request
    })
  }

  get stage(): Stage {
    if (this.#outcome !== undefined) return 'ended'
    if (this.#decision !== undefined) return 'decided'
    return this.#request ? 'asked' : 'waiting'
  }

  /** What a request that begins now belongs to. */
  get phase(): Phase {
    if (!this.#request) return 'before'
    switch (this.stage) {
      case 'asked':
        return 'gate'
      case 'decided':
        return this.#moves(this.#request) ? 'shift' : 'after'
      default:
        return 'after'
    }
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
    this.#gate.decide(this.#request, decision === 'approve' ? 'Succeeded' : 'Failed')
    this.#decision = decision
  }

  end(outcome: string): void {
    this.#outcome = outcome
  }

  #moves({ deploymentId }: GateRequest): boolean {
    return this.#decision === 'approve' && !this.#hasShifted(deploymentId)
  }
}
