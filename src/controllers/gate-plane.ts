import type { Ambiguity } from '../documents/plain.ts'
import type { TrafficResult } from '../ledger/gate.ts'
import type {
  ChangeFacts,
  HealthFacts,
  Hold,
  ImageFacts,
  ShiftFacts
} from '../ledger/gate-facts.ts'
import type { MoveId } from '../ledger/keys.ts'
import type { RunningImage } from '../release/evidence.ts'
import type { Snapshot } from '../release/snapshot.ts'
import type { TaskAddress } from '../verification/requests/checks.ts'

/*
 * What the gate's functions need of a control plane, the system that moves the traffic. There is
 * one interface for each function, so that a function loads no more of a plane than it uses.
 * Errors, unless a comment says otherwise: those of the plane's calls.
 */

/** The planes by their kind. A plane is loaded when an event or a hold names it. */
export type Planes<Plane> = Readonly<Record<string, () => Promise<Plane>>>

/** Whether the deployment may go on. */
export type Answer = 'go' | 'no-go'

/** A deployment that waits for an answer. Whoever has the token can give it. */
export interface Waiting {
  readonly deploymentId: string
  readonly token: string
}

/** What a plane says of a deployment that waits. */
export interface Described {
  /** The deployment's wait for the gate, whether it has begun or not. */
  readonly hold: Hold
  readonly region: string
  readonly createdAt: number
  /** Whether the plane has created it to roll back another deployment. */
  readonly isRollback: boolean
  /** How the hold was answered; undefined if it was not, as far as the plane says. */
  readonly answered: Answer | undefined
  /** Where people see the deployment; undefined if the plane has no page for it. */
  readonly consoleUrl: string | undefined
  /** What the plane calls the things that it releases to. The decision row keeps these names as its members. */
  readonly names: Readonly<Record<string, string>>
}

/** A plane that invokes a function and waits for its answer. */
export interface AnsweredPlane {
  /** Returns undefined if the event is not this plane's. */
  waitingIn(event: unknown): Waiting | undefined
  describe(deploymentId: string): Promise<Described>
  /**
   * Answers a deployment that waits. `answered-before`: somebody has answered, or the plane has
   * given up waiting. `gone`: the deployment takes no answer any more.
   */
  answer(waiting: Waiting, answer: Answer): Promise<'accepted' | 'answered-before' | 'gone'>
}

/** What the callback and the sweep need. */
export interface GatePlane extends AnsweredPlane {
  /** Returns how the hold was answered; undefined if it was not. */
  answered(hold: Hold): Promise<Answer | undefined>
  /** Returns undefined while the deployment is running and has not begun to shift traffic. */
  trafficResult(hold: Hold): Promise<TrafficResult | undefined>
  /**
   * What green's tasks run now, each digest of a container once; none if green runs no task.
   * Undefined if the plane releases to something else than tasks, so that there is nothing to read.
   */
  running(hold: Hold): Promise<readonly RunningContainer[] | undefined>
  /**
   * Puts the start back while traffic moves, because a person says so. `gone`: it has ended. A
   * plane that leaves this to its own API has no such member.
   */
  rollBack?(hold: Hold, by: string): Promise<'accepted' | 'gone'>
}

/** `digest` is undefined for a task that does not say which image the container runs. */
export interface RunningContainer {
  readonly container: string
  readonly digest: string | undefined
}

/** What the request function needs besides. */
export interface RequestPlane extends GatePlane {
  /** Never throws: the result says what could not be read. */
  health(hold: Hold): Promise<HealthFacts>
  /** Returns old and new revisions, images and what else changes. Never throws: what cannot be read is left out. */
  definitions(hold: Hold): Promise<Definitions>
  /** How the plane will move traffic; undefined if that could not be read. Never throws. */
  shift(hold: Hold): Promise<ShiftFacts | undefined>
}

export interface Definitions {
  readonly revision: { readonly before: string | undefined; readonly after: string }
  readonly images: readonly ImageFacts[]
  /** Without values but those of images. Undefined if one of the revisions could not be read. */
  readonly changes: readonly ChangeFacts[] | undefined
}

/** Why a deployment does not count as gated. card/words/ has a sentence for each of these. */
export type UngatedWhy =
  | 'no-hook'
  | 'other-function'
  | 'unreadable'
  | 'key-twice'
  | 'unknown-key'
  | 'value'
  | 'event-twice'
  | Ambiguity

/** Whether a deployment carries the gate; `found` is what it carries instead. */
export type Gating =
  | { readonly gated: true }
  | { readonly gated: false; readonly why: UngatedWhy; readonly found?: string }

/** A deployment that should carry the gate. */
export interface Gateable {
  /** What the policy's patterns under `watch` are compared with. */
  readonly watchedAs: string
  readonly gating: Gating
}

/** A plane whose deployments may carry the gate. */
export interface GatedPlane {
  /**
   * Returns undefined if the deployment needs no gate: it is a rollback, or it does not release an
   * ECS service. What cannot be read is an error, because a deployment that cannot be read is not
   * one without the gate.
   */
  gating(deploymentId: string): Promise<Gateable | undefined>
}

/** A plane whose deployments can be stopped. */
export interface StoppingPlane {
  /** The deployment that an event from EventBridge is about; undefined if the event is not this plane's. */
  deploymentIn(event: unknown): string | undefined
  /** Stops the deployment and rolls it back. Returns false if it had already ended. */
  stop(deploymentId: string): Promise<boolean>
}

/** What the watchdog needs. */
export interface WatchdogPlane extends GatedPlane, StoppingPlane {
  /** Ids of the deployments that have not ended, rollbacks among them. */
  active(): Promise<readonly string[]>
  /** Ids of those that have failed, of the deployments created since then (milliseconds since the epoch). */
  failed(createdSince: number): Promise<readonly string[]>
  /** What has become of the rollback of a deployment that was stopped. `none`: there is none so far. */
  rollbackOf(deploymentId: string): Promise<TrafficResult['rollback']>
}

/** What the function that verifies green needs. */
export interface VerifyPlane extends AnsweredPlane, GatedPlane {
  /** Whose answer the deployment waits for now. `ownFunction`: the function that asks, as it was invoked. */
  whose(deploymentId: string, ownFunction: string): Promise<Whose | 'not-yet'>
  /** Where green can be asked now, from inside the VPC. */
  green(deployment: Described): Promise<Green>
}

/** Whose answer a deployment waits for. */
export type Whose =
  | { readonly whose: 'own' }
  /** That of somebody else: the function may give no answer. */
  | { readonly whose: 'other'; readonly why: string }
  /** The plane does not say: whatever the function answers must open nothing. */
  | { readonly whose: 'unknown'; readonly why: string }

/** Where green can be asked, and what it runs. */
export interface Green {
  /** Origin of the test listener, once it leads to green; undefined if none does. */
  readonly listener: string | undefined
  /** The running tasks, as they are reached within the VPC. */
  readonly tasks: readonly TaskAddress[]
  /** The images of all running tasks. */
  readonly images: readonly RunningImage[]
}

/** What the function that observes production needs. */
export interface ObservePlane extends StoppingPlane {
  read(deploymentId: string): Promise<Look>
  /** Origin of the deployment's production listener; undefined if it cannot be found out. */
  origin(deploymentId: string): Promise<string | undefined>
}

/** What a plane says of a deployment at one moment. */
export interface Look extends Pick<
  Snapshot,
  'deploymentId' | 'state' | 'createdAt' | 'completedAt' | 'steps' | 'rollback' | 'isRollback'
> {
  /** Whether it releases an ECS service. */
  readonly isEcs: boolean
  /** Undefined while the plane does not say which service it is. */
  readonly service: { readonly cluster: string; readonly name: string } | undefined
}

/**
 * A plane of ours that moves the traffic itself, with its moves in the ledger, as the function
 * that drives them needs it.
 */
export interface MoverPlane {
  /**
   * Takes over the plans that jobs have handed in. `refusal` says why a service may not move the
   * traffic of this listener or rule; undefined if it may. Errors: those of the ledger.
   */
  takePlans(refusal: (service: string, route: string) => string | undefined): Promise<void>
  /** The moves that have not ended. */
  open(): Promise<readonly MoveId[]>
  /**
   * Drives a move as far as it goes now. `owner` is the invocation, and nobody else drives it
   * meanwhile. `changed`: it has come further, so the card shows something older.
   */
  drive(move: MoveId, owner: string): Promise<Driven & { readonly changed: boolean }>
  /** Lets others drive what this invocation has driven. Never throws. */
  leave(owner: string): Promise<void>
}

/** How far a move was driven. */
export type Driven =
  /** It goes on at a time. */
  | { readonly kind: 'due'; readonly at: number }
  /** It waits for a person, who has to be asked if `ask` is there. */
  | { readonly kind: 'waits'; readonly ask: Waiting | undefined }
  /** Another invocation drives it. */
  | { readonly kind: 'busy' }
  | { readonly kind: 'ended'; readonly how: string }
