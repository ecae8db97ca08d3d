import type { UngatedWhy } from '../../../controllers/gate-plane.ts'
import type { ClosedState, TrafficResult } from '../../../ledger/gate.ts'
import type { BreakGlassRefusal, EvidenceFacts, ShiftFacts } from '../../../ledger/gate-facts.ts'
import type { Sentences } from '../../decide/reasons.ts'
import type { Fault } from '../../identity/fault.ts'
import type { Denial } from '../../policy/authorise.ts'
import type { Chapter } from '../chapter.ts'
import type { MovingView } from '../view.ts'

/**
 * Everything the gate says, in one language. Arguments are already mrkdwn
 * (escaped, linked, mentioned) unless a comment says plain.
 */
/** How a deployment without the gate has ended that was stopped. `none`: there is no rollback. */
export type UngatedEnd = Exclude<TrafficResult['rollback'], 'in-progress'>

export interface Words {
  /** Plain, for header, notification and digest: what is released, and the last that has happened to it. */
  readonly header: Readonly<Record<Chapter, (subject: string) => string>>
  /** Plain: several images change. */
  readonly imagesChange: (count: number) => string
  readonly more: (left: number) => string

  /** In place of the rest of a text that has no room. */
  readonly shortened: string

  readonly image: (before: string, after: string) => string
  readonly newImage: (after: string) => string
  /** The container's image stays as it is. */
  readonly sameImage: (image: string) => string
  /** The new image is of another repository or registry than the one that serves. */
  readonly otherPlace: string
  readonly revision: (before: string | undefined, after: string) => string
  /** Where the traffic goes, of groups that have no task definition. */
  readonly betweenSides: (from: string, to: string) => string
  /** Plain: what approving does to the traffic. */
  readonly shift: (shift: ShiftFacts | undefined) => string
  /** How many differences there are besides images. */
  readonly changes: (count: number) => string
  readonly change: Readonly<Record<'added' | 'removed' | 'changed', string>>
  readonly noChanges: string
  readonly changesUnknown: string

  readonly labels: Readonly<
    Record<
      | 'askedBy'
      | 'commit'
      | 'green'
      | 'testUrl'
      | 'deployment'
      | 'openUntil'
      | 'evidence'
      | 'moving',
      string
    >
  > & { readonly reason: Readonly<Record<ClosedState, string>> }
  /** Plain. Without an attempt, it is the first one. */
  readonly run: (id: string, attempt?: string) => string
  readonly nobodyKnows: string
  readonly notProven: string
  readonly healthUnknown: (why: string) => string
  readonly noTargetGroup: string
  readonly noTargets: string
  /** ELB says `unused` while no listener leads to the targets, so their health was not checked. */
  readonly unchecked: string
  readonly timeLeft: (until: string, minutes: number) => string
  readonly timeOver: string
  readonly verdict: Readonly<Record<EvidenceFacts['verdict'], string>>
  readonly required: string
  /** Of evidence that did not go through a load balancer. */
  readonly askedTasks: string
  /** Of evidence that CI says it has measured, which no function of the gate has. */
  readonly measuredByJob: string
  readonly noEvidence: string
  readonly moving: Readonly<Record<MovingView['what'], (service: string, since: string) => string>>

  readonly votes: (counted: number, quorum: number, people: string) => string
  readonly frozen: (windows: string) => string
  readonly frozenBreakGlass: string
  /** Of a card whose images are not those that it was posted with. */
  readonly greenChanged: (at: string) => string
  readonly evidenceFailed: (names: string) => string
  /** Beside the buttons, where `outstanding` is for who clicks all the same. */
  readonly evidenceAwaited: (names: string) => string
  readonly closed: (because: string) => string
  /** Of a rollback that asked to pass without a person. */
  readonly glassRefused: (because: string) => string
  readonly glassRefusedWhy: Readonly<Record<BreakGlassRefusal['why'], (about: string) => string>>
  readonly unverified: Readonly<Record<Fault, string>>
  readonly unmapped: (logins: string) => string

  readonly approve: string
  readonly reject: string
  readonly breakGlass: string
  readonly cancel: string
  readonly rollBack: string
  readonly rollBackTitle: string
  /** Plain. */
  readonly rollBackText: (service: string, side: string) => string
  readonly confirmTitle: string
  /** Plain. */
  readonly confirmText: (service: string, image: string) => string

  /** Who rejected, if no person did. */
  readonly theEvidence: string
  readonly decided: Readonly<Record<ClosedState, (people: string, at: string) => string>>
  /** Plain: reasons that the gate gave to itself. */
  readonly ownReason: Sentences
  readonly withBreakGlass: string
  readonly telling: string
  readonly late: string
  readonly moves: (since: string) => string
  readonly moved: (since: string) => string
  readonly shifted: (at: string) => string
  readonly released: (at: string) => string
  readonly failed: (at: string) => string
  readonly stopped: Readonly<
    Record<NonNullable<TrafficResult['stoppedBy']> | 'somebody', (at: string) => string>
  >
  readonly cause: (why: string) => string
  /** How far a plane has come that moves traffic in steps; `next` is in percent. */
  readonly reached: (share: number, side: string, next: number | undefined) => string
  /** No step follows, and none is taken back. */
  readonly staysAt: (share: number, side: string) => string
  /** Weights that somebody else has changed: what was left there, and what is there now. */
  readonly foreign: (left: string, found: string | undefined) => string
  readonly rolledBackBy: (people: string, at: string) => string
  /** The same sentences where the gate's own functions move the traffic, and no CodeDeploy. */
  readonly ownPlane: Readonly<Record<'telling' | 'late' | 'notRolledBack', string>> & {
    readonly rollbackFailed: (at: string) => string
  }
  /** `at` is empty if it is not known. */
  readonly rollback: Readonly<
    Record<Exclude<TrafficResult['rollback'], 'none'>, (at: string) => string>
  >
  /** The deployment has just ended, and may still be rolled back. */
  readonly rollbackAwaited: string
  /** It is not rolled back, and traffic had moved. */
  readonly notRolledBack: string
  readonly nothingMoved: string
  /** Of the requests to production while traffic moved. */
  readonly production: (failed: string, total: string) => string
  readonly head: (head: string) => string

  /** The digest's line: the header with its mark, and what there is to add. */
  readonly digest: {
    readonly decidedBy: Readonly<Record<'APPROVED' | 'REJECTED', (people: string) => string>>
    readonly withBreakGlass: string
    readonly requestsFailed: (failed: string, total: string) => string
  }

  readonly remind: (service: string, minutes: number, people: string) => string

  readonly details: string
  readonly close: string
  readonly detailsOf: Readonly<
    Record<'what' | 'changes' | 'evidence' | 'targets' | 'moving' | 'links', string>
  >
  /** The group of differences that belong to no container. */
  readonly wholeDefinition: string
  readonly addedOrRemoved: Readonly<Record<'added' | 'removed' | 'changed', string>>
  readonly seenAt: (at: string) => string
  /** What the modal has no room for, and where it stands. */
  readonly cut: (left: number, where: string) => string
  readonly breakGlassHere: string
  readonly noticeTitle: string

  readonly modalTitle: Readonly<Record<'reject' | 'break-glass', string>>
  readonly modalLabel: Readonly<Record<'reject' | 'break-glass', string>>
  readonly modalHint: string
  /** Plain. */
  readonly modalAbout: Readonly<Record<'reject' | 'break-glass', (service: string) => string>>

  readonly denied: Readonly<
    Record<
      Exclude<
        Denial['why'],
        'outsider' | 'nobody-can' | 'frozen' | 'evidence-outstanding' | 'evidence-against'
      >,
      string
    >
  >
  readonly outstanding: (names: string) => string
  readonly against: (names: string) => string
  readonly outsider: Readonly<Record<(Denial & { why: 'outsider' })['kind'], string>>
  readonly ledgerFailed: string
  readonly detailsFailed: string
  readonly policyUnreadable: string
  readonly elsewhere: string
  readonly otherMessage: string
  readonly unknownGate: string
  readonly reasonMissing: string
  /** A click on Roll back that comes when nothing moves any more. */
  readonly nothingMoves: string
  readonly rolledBackBefore: (people: string, at: string) => string
  /** What green runs could not be read at the click. */
  readonly greenUnread: string
  /** Green ran something else at the click than the card showed. */
  readonly greenOther: string
  readonly already: Readonly<Record<ClosedState, (people: string, at: string) => string>>

  /** `end`: what has become of it, if it was stopped and that is known. */
  readonly ungatedHeader: (group: string, end: string | undefined) => string
  readonly ungatedWhy: Readonly<Record<UngatedWhy, (found: string) => string>>
  readonly ungatedResult: Readonly<
    Record<'stopped' | 'reported' | 'too-late' | 'not-stopped', string>
  >
  readonly ungatedEnd: Readonly<
    Record<UngatedEnd, { readonly header: string; readonly sentence: string }>
  >
}
