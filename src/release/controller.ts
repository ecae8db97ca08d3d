import type { Snapshot } from './snapshot.ts'

/** A control plane that moves traffic, as the release uses it. */
export interface Controller {
  /**
   * Reads one deployment. Errors: CannotSee.
   * `detail` false asks for the status alone, one call, while nothing else can have changed.
   */
  read(deploymentId: string, detail: boolean): Promise<Snapshot>
  /** Asks to stop; `rollback` also asks to put traffic back. Errors: CannotStop. */
  stop(deploymentId: string, rollback: boolean): Promise<void>
}

/** Why a deployment could not be read. */
export type Blindness =
  /** The role may not read it: asking again changes nothing. */
  | 'denied'
  /** Credentials have expired and could not be renewed. */
  | 'credentials'
  /** Throttling, servers, network: asking again is right. */
  | 'passing'
  /** The control plane says that there is no such deployment, or that we ask wrongly. */
  | 'refused'

export class CannotSee extends Error {
  readonly blindness: Blindness

  constructor(blindness: Blindness, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'CannotSee'
    this.blindness = blindness
  }
}

export class CannotStop extends Error {
  /** The deployment had ended by itself before the stop arrived. */
  readonly alreadyEnded: boolean

  constructor(message: string, alreadyEnded: boolean, options?: ErrorOptions) {
    super(message, options)
    this.name = 'CannotStop'
    this.alreadyEnded = alreadyEnded
  }
}
