import { NO_TARGET_GROUP, type ShiftFacts } from '../../../ledger/gate-facts.ts'
import { IN_LEDGER } from '../../decide/reasons.ts'
import { runLabel } from '../../request/run-label.ts'
import type { Words } from './words.ts'

/** `one` is what stands for a count of one. */
const minutes = (count: number, one = '1 '): string =>
  count === 1 ? `${one}minute` : `${count} minutes`

/** What approving a step does until somebody is asked again, or to the end. */
function steps({ shares, to, minutes: bake, asksBefore }: ShiftFacts & { kind: 'steps' }): string {
  const [first, ...rest] = shares
  const then = rest.length === 0 ? '' : `, then ${rest.join(', ')} %,`
  const each = bake === 0 ? '' : `, ${minutes(bake)}${rest.length === 0 ? '' : ' each'}`
  const again = asksBefore === undefined ? '' : ` Somebody is asked again before ${asksBefore} %.`
  return `Approving moves ${first} % of the traffic now${then} to ${to}${each}.${again}`
}

export const EN: Words = {
  header: {
    waiting: (subject) => `${subject}: waiting for approval`,
    approved: (subject) => `${subject}: approved`,
    rejected: (subject) => `${subject}: rejected`,
    expired: (subject) => `${subject}: expired, nobody decided in time`,
    'gate-failed': (subject) => `${subject}: blocked by an error of the gate`,
    withdrawn: (subject) => `${subject}: request closed`,
    'too-late': (subject) => `${subject}: approved too late`,
    shifting: (subject) => `${subject}: traffic is moving`,
    shifted: (subject) => `${subject}: all traffic has moved`,
    released: (subject) => `${subject}: released`,
    failed: (subject) => `${subject}: failed`,
    stopped: (subject) => `${subject}: stopped`,
    'rolling-back': (subject) => `${subject}: rolling back`,
    'rolled-back': (subject) => `${subject}: rolled back`,
    'rollback-failed': (subject) => `${subject}: ROLLBACK FAILED`
  },
  imagesChange: (count) => `${count} images`,
  more: (left) => `_… and ${left} more_`,
  shortened: '_… shortened_',

  image: (before, after) => `${before} → ${after}`,
  newImage: (after) => `${after} (new)`,
  sameImage: (image) => `${image} (unchanged)`,
  otherPlace: ':warning: from another repository',
  revision: (before, after) =>
    before === undefined ? `Task definition ${after}` : `Task definition ${before} → ${after}`,
  betweenSides: (from, to) => `Traffic ${from} → ${to}`,
  shift: (shift) => {
    switch (shift?.kind) {
      case 'all-at-once':
        return 'Approving moves all traffic at once.'
      case 'canary':
        return `Approving moves ${shift.percentage} % of the traffic now, the rest in ${minutes(shift.minutes)}.`
      case 'linear':
        return `Approving moves ${shift.percentage} % of the traffic now, and ${shift.percentage} % more every ${minutes(shift.minutes, '')}.`
      case 'steps':
        return steps(shift)
      default:
        return 'How fast traffic will move is not known.'
    }
  },
  changes: (count) => `${count} other ${count === 1 ? 'change' : 'changes'}`,
  change: { added: 'added', removed: 'removed', changed: 'changed' },
  noChanges: 'Nothing but images changes',
  changesUnknown: 'Other changes are not known',

  labels: {
    askedBy: 'Asked for by',
    commit: 'Commit',
    green: 'New tasks',
    testUrl: 'Try it',
    deployment: 'Deployment',
    openUntil: 'Open until',
    evidence: 'Evidence',
    moving: 'Also moving now',
    reason: {
      APPROVED: 'Reason',
      REJECTED: 'Reason',
      EXPIRED: 'Reason',
      FAILED: 'Reason',
      WITHDRAWN: 'Reason'
    }
  },
  run: runLabel,
  nobodyKnows: 'nobody knows',
  notProven: '(not proven)',
  healthUnknown: (why) => `could not be read: ${why}`,
  noTargetGroup: NO_TARGET_GROUP,
  noTargets: 'no targets registered',
  unchecked: '`unused`: no listener leads there, so nobody has checked them yet',
  timeLeft: (until, left) => `${until} (${minutes(left)} left)`,
  timeOver: 'time is over',
  verdict: {
    passed: 'passed',
    failed: 'FAILED',
    warning: 'warning',
    unknown: 'not known',
    pending: 'still measured'
  },
  required: 'required',
  askedTasks: 'asked at the tasks directly, not through a load balancer',
  measuredByJob: 'measured by the job',
  noEvidence: 'None. Try the new version before you decide.',
  moving: {
    'gate-open': (service, since) => `${service} waits for approval since ${since}`,
    'traffic-shifting': (service, since) => `${service} is shifting traffic since ${since}`
  },

  votes: (counted, quorum, people) =>
    counted === 0
      ? `${quorum} approvals are needed.`
      : `${counted} of ${quorum} approvals: ${people}`,
  frozen: (windows) => `:snowflake: Frozen: ${windows}. Nobody can approve until it is over.`,
  greenChanged: (at) =>
    `:warning: *The new tasks run another image since ${at}.* What is shown here is what they run; votes and evidence from before do not count.`,
  frozenBreakGlass: 'Whoever may break the glass: see Details.',
  evidenceAwaited: (names) => `Nobody can approve before required evidence is there: ${names}.`,
  evidenceFailed: (names) => `Required evidence speaks against it: ${names}.`,
  closed: (because) => `:lock: *Nobody can approve this release*: ${because}`,
  glassRefused: (because) =>
    `:rotating_light: It asked to pass without a person, and does not: ${because}`,
  glassRefusedWhy: {
    'not-allowed': (service) => `the policy does not allow that for ${service}.`,
    'not-proven': (logins) => `nothing proves that ${logins} asked.`,
    'revision-unread': () => 'AWS did not say which revision this is.',
    'chain-damaged': (row) => `the chain of decisions is damaged at ${row}.`,
    'never-decided': (revision) => `nobody has ever decided on ${revision}.`,
    'not-approved': (state) => `the newest decision about this revision is ${state}.`,
    'seal-broken': (row) => `the seal of row ${row} is not that of the ledger.`,
    'seal-unread': (row) => `the seal of row ${row} could not be verified.`,
    'gone-back-from': (deployment) => `${deployment} went back from this revision.`,
    'result-unknown': (deployment) =>
      `it is not known that ${deployment}, which released this revision last, has completed.`,
    late: (deployment) =>
      `${deployment}, which released this revision last, was approved too late.`,
    failed: (deployment) => `${deployment}, which released this revision last, failed.`,
    stopped: (deployment) => `${deployment}, which released this revision last, was stopped.`,
    'rolled-back': (deployment) =>
      `${deployment}, which released this revision last, was rolled back.`,
    'digest-not-recorded': (container) =>
      `which image ${container} ran when this revision was approved is not on record.`,
    'digest-not-known': (container) => `which image ${container} runs now is not known.`,
    'digest-differs': (container) =>
      `${container} runs another image now than when this revision was approved.`
  },
  unverified: {
    'no-policy': 'the policy could not be read, so who asked could not be checked.',
    'no-token':
      'self-approval is forbidden, and nothing proves who asked. The job needs `id-token: write` and the input `ledger-table`.',
    malformed: 'self-approval is forbidden, and the token that should prove who asked is no token.',
    'keys-unavailable':
      "self-approval is forbidden, and GitHub's keys could not be fetched to prove who asked. The gate's functions have to reach the policy's `github.issuer`; for GitHub Enterprise Server that may need a way into its network.",
    'bad-signature':
      'self-approval is forbidden, and the token of who asked is not signed by GitHub.',
    'wrong-issuer':
      "self-approval is forbidden, and the token of who asked is of another issuer than the policy's `github.issuer`.",
    'wrong-audience':
      'self-approval is forbidden, and the token of who asked is for another deployment.',
    'wrong-repository':
      'self-approval is forbidden, and the token of who asked is of a repository that the policy does not list.',
    'wrong-run':
      'self-approval is forbidden, and the token of who asked is of another run, or of another attempt of it.',
    'rerun-unnamed':
      "self-approval is forbidden, and the release's record does not name who re-ran the run. Start a new run of the workflow instead.",
    'wrong-time':
      'self-approval is forbidden, and the token of who asked was not issued when the deployment was created.'
  },
  unmapped: (logins) =>
    `self-approval is forbidden, and the policy maps no Slack user to ${logins}.`,

  approve: 'Approve',
  reject: 'Reject',
  breakGlass: 'Break glass',
  cancel: 'Cancel',
  rollBack: 'Roll back',
  rollBackTitle: 'Roll back now?',
  rollBackText: (service, side) =>
    `All traffic of ${service} goes back to where it was before, and no further step follows. ${side} gets no new requests beyond that.`,
  confirmTitle: 'Release to production?',
  confirmText: (service, image) => `Users of ${service} get ${image}.`,

  theEvidence: 'the evidence itself',

  decided: {
    APPROVED: (people, at) => `:white_check_mark: *Approved* by ${people}, ${at}`,
    REJECTED: (people, at) => `:no_entry: *Rejected* by ${people}, ${at}`,
    EXPIRED: (_, at) => `:hourglass: *Expired* ${at}: nobody decided. That is not a rejection.`,
    FAILED: (_, at) => `:lock: *Failed closed* ${at}: nobody could be asked.`,
    WITHDRAWN: (_, at) => `:heavy_minus_sign: *No longer waiting* since ${at}.`
  },
  ownReason: IN_LEDGER,
  withBreakGlass:
    ':rotating_light: *Break-glass*: alone, against quorum, freeze and self-approval rules.',
  telling: 'CodeDeploy is being told.',
  late: '*Too late*: CodeDeploy had ended before it heard of this.',
  moves: (since) => `:arrow_right: Traffic is moving since ${since}`,
  moved: (since) => `:arrow_right: Traffic began to move ${since}`,
  shifted: (at) => `:arrow_right: All traffic had moved ${at}`,
  released: (at) => `:tada: *Released* ${at}: users are on the new version.`,
  failed: (at) => `:x: *Failed* ${at}`,
  stopped: {
    observer: (at) => `:octagonal_sign: *Stopped* ${at}, because production broke a limit`,
    watchdog: (at) => `:octagonal_sign: *Stopped* ${at} by the watchdog`,
    person: (at) => `:octagonal_sign: *Stopped* ${at}, because somebody rolled it back`,
    condition: (at) => `:octagonal_sign: *Stopped* ${at}, because a condition was broken`,
    rejected: (at) => `:octagonal_sign: *Stopped* ${at}, because a step was rejected`,
    expired: (at) => `:octagonal_sign: *Stopped* ${at}, because nobody decided on a step in time`,
    job: (at) => `:octagonal_sign: *Stopped* ${at}, because its workflow asked for it`,
    others: (at) =>
      `:octagonal_sign: *Stopped* ${at}, because somebody else has changed the listener`,
    somebody: (at) => `:octagonal_sign: *Stopped* ${at}`
  },
  cause: (why) => `Cause: ${why}`,
  reached: (share, side, next) =>
    `:arrow_right: *${share} %* of new requests go to ${side}` +
    (next === undefined ? '; this was the last step' : `; the next step is ${next} %`),
  staysAt: (share, side) =>
    `It stays there, with ${share} % of new requests going to ${side}. No step follows.`,
  foreign: (left, found) =>
    found === undefined
      ? `:warning: Left there: ${left}. Now it does not forward to these two any more, and it stays as it is.`
      : `:warning: Left there: ${left}. Now: *${found}*, and it stays as it is.`,
  rolledBackBy: (people, at) => `:leftwards_arrow_with_hook: *Roll back* by ${people}, ${at}`,
  ownPlane: {
    telling: 'Traffic is about to move.',
    late: '*Too late*: the release had ended before this could count.',
    notRolledBack: ':rotating_light: *Not rolled back*, and traffic had moved.',
    rollbackFailed: (at) =>
      `:rotating_light: *The rollback failed* ${at}`.trim() + '. Look at the listener now.'
  },
  rollback: {
    'in-progress': () => ':leftwards_arrow_with_hook: Rolling back now.',
    succeeded: (at) =>
      `:leftwards_arrow_with_hook: *Rolled back* ${at}`.trim() + ': users are on the old version.',
    failed: (at) =>
      `:rotating_light: *The rollback failed* ${at}`.trim() + '. Look at CodeDeploy now.'
  },
  rollbackAwaited: 'Whether it is rolled back is not known yet.',
  notRolledBack:
    ':rotating_light: *Not rolled back*, and traffic had moved. Look at CodeDeploy now.',
  nothingMoved: 'No traffic had moved: users are on the old version.',
  production: (failed, total) => `Production: ${failed} of ${total} requests failed`,
  head: (head) => `On record as ${head}`,

  digest: {
    decidedBy: {
      APPROVED: (people) => `approved by ${people}`,
      REJECTED: (people) => `rejected by ${people}`
    },
    withBreakGlass: 'break-glass',
    requestsFailed: (failed, total) => `${failed} of ${total} requests failed`
  },

  remind: (service, left, people) =>
    `:bell: ${service} still waits for approval, ${minutes(left)} left. ${people}`.trim(),

  details: 'Details',
  close: 'Close',
  detailsOf: {
    what: 'What would be released',
    changes: 'Changes of the task definition',
    evidence: 'Evidence',
    targets: 'Targets of the new tasks',
    moving: 'Also moving now',
    links: 'Where to read on'
  },
  wholeDefinition: 'Whole task definition',
  addedOrRemoved: {
    added: 'the container is added',
    removed: 'the container is removed',
    changed: 'the container is changed'
  },
  seenAt: (at) => `as of ${at}`,
  cut: (left, where) => `_… and ${left} more, in full: ${where}_`,
  breakGlassHere:
    'You may break the glass here: alone, against quorum, freeze and evidence. It takes a reason and goes on record.',
  noticeTitle: 'Not done',

  modalTitle: { reject: 'Reject this release', 'break-glass': 'Break glass' },
  modalLabel: { reject: 'Why is it rejected?', 'break-glass': 'Why can it not wait?' },
  modalHint: 'Goes on record and is shown to everybody in the channel.',
  modalAbout: {
    reject: (service) => `${service} keeps its old version; the deployment fails and rolls back.`,
    'break-glass': (service) =>
      `${service} gets production traffic on your word alone, whatever the policy says.`
  },

  denied: {
    'person-unknown':
      'Slack could not say who you are just now, so nothing was decided. Try again in a minute.',
    'not-approver': 'You are not among the approvers of this service. Nothing was decided.',
    'not-break-glass': 'You are not among those who may break the glass here. Nothing was decided.',
    'own-release':
      'You asked for this release, so somebody else has to approve it. You can reject it.'
  },
  outstanding: (names) =>
    `Required evidence is still measured: ${names}. Approving is possible as soon as it is there.`,
  against: (names) =>
    `Required evidence speaks against this release: ${names}. It is about to be rejected, so nothing was decided.`,
  outsider: {
    'other-workspace': 'Only members of this workspace can decide.',
    guest: 'Guests cannot decide.',
    bot: 'Bots cannot decide.',
    deactivated: 'This account is deactivated and cannot decide.'
  },
  ledgerFailed:
    'The ledger cannot be used now, so this may not have counted. Look at the card, and try again in a minute.',
  detailsFailed: 'The details could not be opened. Try again in a minute.',
  policyUnreadable: 'The policy cannot be read, so nobody can decide now. The gate stays closed.',
  otherMessage:
    "This button is not on the gate's own message. Nothing was decided; decide on the newest card in this channel.",
  elsewhere: 'This button belongs to another workspace, app or channel. Nothing was decided.',
  unknownGate: 'This gate is not known (any more). Nothing was decided.',
  greenUnread:
    'What the new tasks run could not be read just now, so nothing was approved. Click again in a moment.',
  greenOther:
    'The new tasks run another image than this card showed, so nothing was approved. Look at the card again, then decide.',
  reasonMissing: 'A reason is needed.',
  nothingMoves: 'This release moves nothing any more, so there is nothing to roll back.',
  rolledBackBefore: (people, at) => `It is rolled back already: ${people}, ${at}.`,
  already: {
    APPROVED: (people, at) => `Too late: approved by ${people}, ${at}.`,
    REJECTED: (people, at) => `Too late: rejected by ${people}, ${at}.`,
    EXPIRED: (_, at) => `Too late: it expired ${at}.`,
    FAILED: (_, at) => `Too late: it failed closed ${at}.`,
    WITHDRAWN: (_, at) => `Too late: it stopped waiting ${at}.`
  },

  ungatedHeader: (group, end) =>
    `${group}: a deployment without the gate${end === undefined ? '' : `, ${end}`}`,
  ungatedWhy: {
    'no-hook': () =>
      'Its AppSpec names no function in `BeforeAllowTraffic`: nobody would have been asked.',
    unreadable: () =>
      'Its AppSpec cannot be read, so nobody can tell whether somebody would have been asked.',
    'other-function': (found) =>
      `Its AppSpec names ${found} in \`BeforeAllowTraffic\`, which is not the gate.`,
    characters: (found) =>
      `Its AppSpec has the character ${found}, which readers of YAML take differently.`,
    construct: (found) =>
      `Its AppSpec has ${found}, which readers of YAML take differently; plain keys, texts and lists count.`,
    readings: (found) =>
      `Its AppSpec means one thing in one reading and another in the next: ${found}.`,
    'key-twice': (found) => `Its AppSpec has a key twice, here for the second time: ${found}.`,
    'unknown-key': (found) =>
      `Its AppSpec has ${found}, which AWS's documents do not have, letter by letter.`,
    value: (found) => `Its AppSpec's ${found} is missing, or is not what AWS's documents say.`,
    'event-twice': (found) => `Its AppSpec names two functions for ${found}.`
  },
  ungatedResult: {
    stopped: ':octagonal_sign: *It was stopped*, and CodeDeploy was asked to roll it back.',
    reported: ':warning: *It goes on*: the policy says to report only.',
    'too-late': ':warning: *It had ended* before it could be stopped.',
    'not-stopped': ':rotating_light: *It could not be stopped.* Stop it by hand now.'
  },
  ungatedEnd: {
    none: {
      header: 'stopped',
      sentence: ':octagonal_sign: *It was stopped*, and CodeDeploy has created no rollback.'
    },
    succeeded: {
      header: 'stopped and rolled back',
      sentence:
        ':leftwards_arrow_with_hook: *It was stopped and rolled back*: the version before serves.'
    },
    failed: {
      header: 'stopped, ROLLBACK FAILED',
      sentence:
        ':rotating_light: *It was stopped, and the rollback failed.* Look at what serves now.'
    }
  }
}
