import type { Gate } from '../../ledger/gate.ts'
import { serviceOf } from '../../ledger/gate-facts.ts'
import { nextPlace } from '../../ledger/chain.ts'
import { findGate } from '../../ledger/gates.ts'
import { renderNotice } from '../card/details.ts'
import { REASON_BLOCK, renderReasonModal } from '../card/modal.ts'
import { renderRefusal, type Refusal } from '../card/refusal.ts'
import { noteChange, readGreen } from '../decide/green-now.ts'
import { carryOut, type Wish } from '../decide/settle-vote.ts'
import { reconcile } from '../reconcile/reconcile.ts'
import { gatherEvidence, namesOf, outstanding, speaksAgainst } from '../reconcile/evidence.ts'
import type { Platform } from '../platform.ts'
import { authorise, type Permission } from '../policy/authorise.ts'
import { type Policy, rulesFor } from '../policy/policy.ts'
import { openDetails } from './details.ts'
import { readHttp, type HttpAnswer } from './http.ts'
import { rollBack } from './roll-back.ts'
import { readInteraction, type Interaction } from './interaction.ts'
import { lookUp, type Person } from '../policy/person.ts'
import { isSignedBySlack, mayBeSigned } from './signature.ts'
import { within } from '../../release/within.ts'

/** A click or a reason that may close the gate. */
type Decisive = Exclude<Interaction, { readonly kind: 'details' | 'roll-back' }>

/** Slack shows an error to the person after 3 s. What is not done in time is done by the sweep. */
const ANSWER_WITHIN_MS = 2_500

/** Evidence that cannot be read in time has not arrived: what is required keeps the gate closed. */
const EVIDENCE_WITHIN_MS = 1_000

/** A second in all: the write of a card takes some milliseconds. */
const NOTE_LOOKS = 5
const BETWEEN_LOOKS_MS = 200

const UNAUTHORISED: HttpAnswer = { statusCode: 401, body: '' }
const NOT_OURS: HttpAnswer = { statusCode: 400, body: '' }
const DONE: HttpAnswer = { statusCode: 200, body: '' }

/**
 * Handles Slack's interactivity request. The function checks the signature over
 * the raw bytes before it parses the body or calls Slack or the ledger. Never
 * throws.
 */
export async function handleCallback(
  platform: Platform,
  secret: () => Promise<string>,
  event: unknown
): Promise<HttpAnswer> {
  const request = readHttp(event)
  // Reading the secret is a call to AWS. It is not made if the request cannot be valid with any secret.
  if (!request || !mayBeSigned(request, platform.clock.now())) return UNAUTHORISED
  const signingSecret = await secret().catch(() => '')
  if (!isSignedBySlack(request, signingSecret, platform.clock.now())) return UNAUTHORISED
  const interaction = readInteraction(request.body)
  if (!interaction) return NOT_OURS
  const answer = answerTo(platform, interaction).catch((error: unknown) => {
    platform.log('error', 'callback failed', { why: String(error), user: interaction.origin.user })
    const why = interaction.kind === 'details' ? 'details-failed' : 'ledger-failed'
    return refuse(platform, undefined, interaction, { why })
  })
  return (await within(platform.clock, ANSWER_WITHIN_MS, answer)) ?? DONE
}

async function answerTo(platform: Platform, interaction: Interaction): Promise<HttpAnswer> {
  const { table, clock, log } = platform
  const { origin } = interaction
  const [policy, found] = await Promise.all([
    platform.policy().catch((error: unknown) => {
      log('error', 'policy not readable', { why: String(error) })
      return undefined
    }),
    findGate(table, interaction.gate)
  ])
  if (!policy) return refuse(platform, undefined, interaction, { why: 'policy-unreadable' })
  const seen = { policy, gate: found }
  if (!isFromHere(interaction, policy)) {
    log('warn', 'interaction from elsewhere', { user: origin.user, team: origin.team })
    return refuse(platform, seen, interaction, { why: 'elsewhere' })
  }
  if (!found) return refuse(platform, seen, interaction, { why: 'unknown-gate' })
  const isOnMessage =
    interaction.kind === 'details' ||
    interaction.kind === 'roll-back' ||
    (interaction.kind === 'click' && interaction.on === 'message')
  if (isOnMessage && !isOnCard(interaction, await whenNoted(platform, found))) {
    log('warn', 'button on another message', { user: origin.user, message: origin.message })
    return refuse(platform, seen, interaction, { why: 'other-message' })
  }
  if (interaction.kind === 'details') {
    log('info', 'details opened', { gate: found.facts.id, user: origin.user })
    await openDetails(platform, policy, found, origin.user, interaction.trigger)
    return DONE
  }
  if (interaction.kind === 'roll-back') {
    const refusal = await rollBack(platform, policy, found, origin.user)
    return refusal ? refuse(platform, seen, interaction, refusal) : DONE
  }
  const { intent } = interaction
  const isWish = interaction.kind === 'reason' || intent === 'approve'
  // Read at the click, and while the person is looked up: what opens the gate is what runs now.
  const green = isWish && intent !== 'reject' ? readGreen(platform, found) : undefined
  const gate =
    (await within(clock, EVIDENCE_WITHIN_MS, gatherEvidence(platform, found, policy))) ?? found
  if (gate.state !== 'PENDING') {
    if (found.state === 'PENDING') await driveOn(platform, gate, policy)
    const isDone = isTheirs(gate, interaction, [origin.user])
    return isDone ? done(interaction) : tooLate(platform, policy, gate, interaction)
  }
  const service = serviceOf(gate.facts)
  const rules = rulesFor(policy, service)
  const asksWhy = interaction.kind === 'click' && interaction.intent !== 'approve'
  const [person, place] = await Promise.all([
    lookUp(platform.slack, origin.user, rules),
    asksWhy ? undefined : nextPlace(table, service)
  ])
  const now = clock.now()
  const { requester } = gate.facts
  const verdict = authorise({
    ...{ policy, rules, requester, person, intent, now },
    outstanding: namesOf(outstanding(gate)),
    against: namesOf(speaksAgainst(gate))
  })
  if (!verdict.allowed) return refuse(platform, seen, interaction, verdict.why)
  if (interaction.kind === 'click' && interaction.intent !== 'approve') {
    const modal = renderReasonModal(interaction.intent, {
      language: policy.language,
      service,
      gateId: gate.facts.id
    })
    const { trigger } = interaction
    // Slack, "views.push": within a modal, the next one is put on top of it.
    await (interaction.on === 'details'
      ? platform.slack.pushView(trigger, modal)
      : platform.slack.openView(trigger, modal))
    return DONE
  }
  const wish = person === 'unknown' ? undefined : wishOf(interaction, person, verdict, now)
  const ids = person === 'unknown' ? [] : person.ids
  if (!wish) return refuse(platform, seen, interaction, { why: 'reason-missing' })
  const looked = await green
  if (looked?.is === 'unread' && intent === 'approve') {
    log('warn', 'what green runs is not known', { gate: gate.facts.id, why: looked.why })
    return refuse(platform, seen, interaction, { why: 'green-unread' })
  }
  let current = gate
  if (looked?.is === 'changed') {
    log('warn', 'green runs something else than the card shows', { gate: gate.facts.id })
    current = await noteChange(table, policy, gate, { at: now, images: looked.images })
    if (intent === 'approve') {
      const driven = await driveOn(platform, current, policy)
      return driven.state === 'PENDING'
        ? refuse(platform, seen, interaction, { why: 'green-changed' })
        : tooLate(platform, policy, driven, interaction)
    }
  }
  const after = await carryOut(table, current, wish, { policy, rules, now, place })
  log('info', 'wish carried out', {
    gate: gate.facts.id,
    user: origin.user,
    intent,
    state: after.state
  })
  // If somebody else's wish was carried out, their callback or the sweep does the rest.
  if (!isTheirs(after, interaction, ids)) return tooLate(platform, policy, after, interaction)
  const driven = await driveOn(platform, after, policy)
  return isTheirs(driven, interaction, ids)
    ? done(interaction)
    : tooLate(platform, policy, driven, interaction)
}

/**
 * A reason for break-glass stands on top of the details, which are out of date now, so both are
 * closed (Slack, "Modals": `response_action: clear`).
 */
function done({ kind, intent }: Decisive): HttpAnswer {
  return kind === 'reason' && intent === 'break-glass' ? json({ response_action: 'clear' }) : DONE
}

function json(body: object): HttpAnswer {
  return {
    statusCode: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body)
  }
}

/** Applies the decision. If that fails, the decision still stands and the sweep applies it, so the person is not told. */
async function driveOn(platform: Platform, gate: Gate, policy: Policy): Promise<Gate> {
  try {
    return await reconcile(platform, gate, policy)
  } catch (error) {
    platform.log('error', 'left to the sweep', { gate: gate.facts.id, why: String(error) })
    return gate
  }
}

function isFromHere({ origin }: Interaction, { slack }: Policy): boolean {
  const { teams, enterprise } = slack
  const isOurs =
    (origin.team !== undefined && teams.includes(origin.team)) ||
    (enterprise !== undefined && origin.enterprise === enterprise)
  if (!isOurs || origin.app !== slack.app) return false
  return origin.channel === undefined || origin.channel === slack.channel
}

/** A click may come while the function that has posted the card is still about to note which message it is. */
async function whenNoted({ table, clock }: Platform, gate: Gate): Promise<Gate> {
  let current = gate
  for (let looks = 0; looks < NOTE_LOOKS; looks++) {
    if (current.card.ts !== '' || current.card.lease <= clock.now()) break
    await clock.sleep(BETWEEN_LOOKS_MS)
    current = (await findGate(table, gate.facts.id)) ?? current
  }
  return current
}

/**
 * Whether the button is on the gate's own message: what it shows is what the gate has
 * shown, and another message of the same app may say anything beside the same button.
 * Only the gate's functions note which message that is.
 */
function isOnCard({ origin }: Interaction, { card }: Gate): boolean {
  return card.ts !== '' && origin.message === card.ts && origin.channel === card.channel
}

function wishOf(
  interaction: Decisive,
  person: Exclude<Person, 'unknown'>,
  verdict: Permission & { readonly allowed: true },
  now: number
): Wish | undefined {
  const { name } = person
  const { id, via } = verdict
  if (interaction.kind === 'click') {
    const group = via === 'user' ? undefined : via.group
    return { intent: 'approve', vote: { user: id, name, at: now, group } }
  }
  const { intent, reason } = interaction
  return reason === '' ? undefined : { intent, person: { id, name }, reason }
}

/** Whether the gate's state contains this person's wish; `ids` are all of the person's. */
function isTheirs(
  { state, decision, votes }: Gate,
  { intent }: Decisive,
  ids: readonly string[]
): boolean {
  const wanted = intent === 'reject' ? 'REJECTED' : 'APPROVED'
  if (state === 'PENDING') return votes.some(({ user }) => ids.includes(user))
  return state === wanted && decision?.by.some(({ id }) => ids.includes(id)) === true
}

function tooLate(
  platform: Platform,
  policy: Policy,
  gate: Gate,
  interaction: Decisive
): Promise<HttpAnswer> {
  const { decision, state } = gate
  if (!decision || state === 'PENDING') return Promise.resolve(DONE)
  const { at, by } = decision
  return refuse(platform, { policy, gate }, interaction, {
    why: 'already-closed',
    state,
    by,
    at
  })
}

/** Tells only this person why not, at the modal's field or in an ephemeral message. */
async function refuse(
  { slack, log }: Platform,
  seen: { readonly policy: Policy; readonly gate: Gate | undefined } | undefined,
  interaction: Interaction,
  refusal: Refusal
): Promise<HttpAnswer> {
  const { kind, origin, intent } = interaction
  const language = seen?.policy.language ?? 'en'
  log('info', 'refused', { user: origin.user, intent, why: refusal.why })
  const place = kind === 'reason' ? 'field' : 'message'
  const text = renderRefusal(refusal, language, place)
  if (kind === 'reason') {
    return json({ response_action: 'errors', errors: { [REASON_BLOCK]: text } })
  }
  if (kind === 'click' && interaction.on === 'details') {
    // What is said in the channel stands behind the modal.
    try {
      await slack.pushView(interaction.trigger, renderNotice(text, { language }))
      return DONE
    } catch (error) {
      log('warn', 'not told in the modal', { why: String(error) })
    }
  }
  const channel = origin.channel ?? seen?.gate?.card.channel
  if (channel === undefined) return DONE
  try {
    await slack.ephemeral(channel, origin.user, text)
  } catch (error) {
    log('warn', 'the person could not be told', { why: String(error) })
  }
  return DONE
}
