import { imagesOf, type Gate } from '../../ledger/gate.ts'
import { serviceOf } from '../../ledger/gate-facts.ts'
import { awaitsRollback, effectOf, isAtRest, trafficResultOf } from '../../ledger/of-all-holds.ts'
import { nameOf } from '../../aws/console-url.ts'
import { whyClosed } from '../policy/authorise.ts'
import { frozenBy } from '../policy/freeze.ts'
import { type Policy, rulesFor } from '../policy/policy.ts'
import { linksOf } from './links.ts'
import type { CardView, MovingView } from './view.ts'

export interface Surroundings {
  readonly policy: Policy
  /** Every gate that is not settled, this one included. */
  readonly moving: readonly Gate[]
  readonly now: number
}

/** Returns what the gate's card has to show. */
export function viewOf(gate: Gate, { policy, moving, now }: Surroundings): CardView {
  const { facts, decision } = gate
  const rules = rulesFor(policy, serviceOf(facts))
  const {
    requester,
    release,
    holds: [first]
  } = facts
  return {
    gateId: facts.id,
    language: policy.language,
    now,
    cluster: first.cluster,
    service: first.service,
    deploymentId: facts.releaseId,
    consoleUrl: facts.consoleUrl,
    images: imagesOf(gate),
    greenChangedAt: gate.green?.at,
    revision: {
      before: release.revision.before === undefined ? undefined : nameOf(release.revision.before),
      after: nameOf(release.revision.after)
    },
    // The card shows images in a list of their own.
    changes: release.changes?.filter(({ path }) => !path.endsWith('.image')),
    shift: facts.shift,
    ...linksOf(release, policy),
    requester: { logins: requester.logins, users: requester.users, verified: requester.verified },
    health: facts.health,
    evidence: gate.evidence,
    moving: moving.filter((other) => other.facts.id !== facts.id).flatMap(movement),
    openedAt: facts.openedAt,
    expiresAt: facts.expiresAt,
    quorum: rules.quorum,
    votes: gate.votes.map(({ user, at }) => ({ user, at })),
    frozenBy: frozenBy(rules, now),
    closedBecause: whyClosed(rules, requester),
    breakGlass: (rules.breakGlass?.users.length ?? 0) > 0,
    breakGlassRefused: gate.breakGlassRefused,
    decision:
      decision && gate.state !== 'PENDING'
        ? {
            state: gate.state,
            at: decision.at,
            by: decision.by.map(({ id }) => id),
            names: decision.by.map(({ name }) => name),
            reason: decision.reason,
            breakGlass: decision.breakGlass,
            effect: effectOf(gate)
          }
        : undefined,
    trafficResult: trafficResultOf(gate),
    rollback: gate.rollback && {
      at: gate.rollback.at,
      by: gate.rollback.by.id,
      name: gate.rollback.by.name
    },
    awaitsRollback: awaitsRollback(gate, now),
    availability: gate.availability,
    head: gate.head
  }
}

function movement(gate: Gate): MovingView[] {
  const { facts, state, decision } = gate
  const service = serviceOf(facts)
  if (state === 'PENDING') return [{ service, what: 'gate-open', since: facts.openedAt }]
  if (state !== 'APPROVED' || !decision) return []
  return isAtRest(gate) ? [] : [{ service, what: 'traffic-shifting', since: decision.at }]
}
