import type { Snapshot } from './snapshot.ts'

/** A control plane that moves traffic, as the release uses it. */
export interface Controller {
  /**
   * Reads one deployment. If `detail` is false, only the status is read, in one call, because
   * nothing else can have changed. Errors: CannotSee.
   */
  read(deploymentId: string, detail: boolean): Promise<Snapshot>
  /**
   * Asks the control plane to stop the deployment and, if `rollback` is true, to move traffic
   * back. Errors: CannotStop.
   */
  stop(deploymentId: string, rollback: boolean): Promise<void>
}

/** Why a deployment could not be read. */
export type Blindness =
  /** The role may not read it, so reading it again would change nothing. */
  | 'denied'
  /** Credentials have expired and could not be renewed. */
  | 'credentials'
  /** Throttling, servers or network, so it should be read again. */
  | 'passing'
  /** The control plane says that the deployment does not exist, or that the request is wrong. */
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
