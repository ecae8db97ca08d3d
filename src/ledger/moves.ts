import { handedKey, MOVE, moveKey, movePartition, routeKey, saidKey, type MoveId } from './keys.ts'
import type { Condition, Item, Table, Value } from './table.ts'
import { expiryOf } from './ttl.ts'

/*
 * The rows of a move of weights (docs/ledger.md). The job hands in a plan, and can ask that the
 * start weights come back: items that it may only create. How far the move is, what people have
 * said, and who moves a route stand where only the gate's functions write. Plans and moves are
 * JSON texts here, which only their control plane reads. Errors: those of the table.
 */

/** A plan is kept for so long in the place where CI writes it; once it is taken, it stands in the move. */
const HANDED_DAYS = 2

/** What the table's stream tells the mover of (infra/gate.yaml). */
const WAKES = { wakes: 'mover' } as const

/** Creates what a job hands in; false if it has handed it in before. */
export function handIn(
  table: Pick<Table, 'create'>,
  service: string,
  id: MoveId,
  what: 'plan' | 'back',
  handed: { readonly text: string; readonly at: number }
): Promise<boolean> {
  const { text, at } = handed
  const ttl = expiryOf(at, HANDED_DAYS)
  const key = handedKey(service, id, what)
  // `open` puts it into the index in which the mover looks for plans that no event has told of.
  const open = what === 'plan' ? { open: 'yes' } : {}
  return table.create({ ...key, [what]: text, at, ttl, ...open, ...WAKES })
}

/** A plan as a job has handed it in. Nothing in it is checked. */
export interface HandedIn {
  /** `cluster/service`, as IAM has compared it with what the job may write. */
  readonly service: string
  /** The sort key. */
  readonly name: string
  readonly text: string
}

/** The plans that jobs have handed in during the last days. */
export async function handedPlans(table: Pick<Table, 'open'>): Promise<HandedIn[]> {
  const items = await table.open('release#')
  return items.flatMap((item) => {
    const { pk, sk, plan: text } = item
    return typeof text === 'string'
      ? [{ service: pk.slice('release#'.length), name: sk, text }]
      : []
  })
}

/** The text of the job's request that the start weights come back; undefined if there is none. */
export async function handedBack(
  table: Pick<Table, 'get'>,
  service: string,
  id: MoveId
): Promise<string | undefined> {
  const text = (await table.get(handedKey(service, id, 'back')))?.['back']
  return typeof text === 'string' ? text : undefined
}

/** A move as the gate's functions keep it. */
export interface KeptMove {
  readonly id: MoveId
  readonly service: string
  /** The plan with all that was handed in, as it was when the move began. */
  readonly plan: string
  /** How far the move is. */
  readonly move: string
  /** The states that are over. */
  readonly past: string
  /** The number of writes. */
  readonly version: number
  /** Why the plan was refused; undefined if it was not. */
  readonly refused: string | undefined
  readonly open: boolean
}

/** Begins a move, or puts on record why its plan is refused; false if it has begun before. */
export function createMove(
  table: Pick<Table, 'create'>,
  {
    id,
    ...kept
  }: Omit<KeptMove, 'version' | 'past' | 'open' | 'refused'> & { readonly at: number },
  refused?: string
): Promise<boolean> {
  return table.create({
    ...moveKey(id),
    ...kept,
    past: '[]',
    version: 0,
    ttl: expiryOf(kept.at),
    ...(refused === undefined ? { open: 'yes' } : { refused })
  })
}

/** Notes how far a move is, unless somebody has since `version`; false if somebody has. */
export async function noteMove(
  table: Pick<Table, 'update'>,
  { id, version }: Pick<KeptMove, 'id' | 'version'>,
  now: { readonly move: string; readonly past: string; readonly ended: boolean }
): Promise<boolean> {
  const set = { move: now.move, past: now.past, version: version + 1 }
  const change = now.ended ? { set, remove: ['open'] } : { set }
  const unchanged: Condition = { is: 'equal', path: 'version', value: version }
  return (await table.update(moveKey(id), change, [unchanged])) !== undefined
}

export async function findMove(
  table: Pick<Table, 'get'>,
  id: MoveId
): Promise<KeptMove | undefined> {
  const item = await table.get(moveKey(id))
  return item && readMove(item)
}

/** The moves that have not ended. */
export async function openMoves(table: Pick<Table, 'open'>): Promise<KeptMove[]> {
  return (await table.open(MOVE)).flatMap((item) => readMove(item) ?? [])
}

/** The moves of a release, and what people have said of each. */
export async function movesOf(
  table: Pick<Table, 'query'>,
  deploymentId: string
): Promise<readonly { readonly kept: KeptMove; readonly said: Said }[]> {
  const items = await table.query(movePartition(deploymentId))
  return items.flatMap((item) => {
    const kept = readMove(item)
    return kept ? [{ kept, said: saidIn(items, kept.id) }] : []
  })
}

/** What people have said of a move, as the gate has carried it over. */
export interface Said {
  /** By the index of the step that was asked for. */
  readonly answers: Readonly<Record<number, 'go' | 'no-go'>>
  /** Who has rolled it back; undefined if nobody has. */
  readonly back: string | undefined
}

/** Notes the answer before a step; false if there is one. */
export function sayAnswer(
  table: Pick<Table, 'create'>,
  id: MoveId,
  step: number,
  { answer, at }: { readonly answer: 'go' | 'no-go'; readonly at: number }
): Promise<boolean> {
  return table.create({ ...saidKey(id, `answer#${step}`), answer, at, ttl: expiryOf(at), ...WAKES })
}

/** Notes that a person has rolled the move back; false if somebody has before. */
export function sayBack(
  table: Pick<Table, 'create'>,
  id: MoveId,
  { by, at }: { readonly by: string; readonly at: number }
): Promise<boolean> {
  return table.create({ ...saidKey(id, 'back'), by, at, ttl: expiryOf(at), ...WAKES })
}

function saidIn(items: readonly Item[], { moveId }: MoveId): Said {
  const answers: Record<number, 'go' | 'no-go'> = {}
  let back: string | undefined
  for (const { sk, answer, by } of items) {
    if (sk === `${moveId}#back` && typeof by === 'string') back = by
    const asked = `${moveId}#answer#`
    if (!sk.startsWith(asked) || (answer !== 'go' && answer !== 'no-go')) continue
    answers[Number(sk.slice(asked.length))] = answer
  }
  return { answers, back }
}

/** Undefined for an item that is no move. Only the gate's functions write here, so a move has this form. */
function readMove(item: Item): KeptMove | undefined {
  const { pk, sk, service, plan, move, past, version, refused, open } = item
  if (typeof service !== 'string' || typeof plan !== 'string' || typeof move !== 'string') {
    return undefined
  }
  return {
    id: { deploymentId: pk.slice(MOVE.length), moveId: sk },
    service,
    plan,
    move,
    past: typeof past === 'string' ? past : '[]',
    version: numberOf(version),
    refused: typeof refused === 'string' ? refused : undefined,
    open: open !== undefined
  }
}

/** What is kept of a listener or rule over all releases. */
export interface KeptRoute {
  /** The move that has the route, or had it last. */
  readonly holder: MoveId
  /** The invocation that drives it; empty if none does. */
  readonly owner: string
  /** Until when that invocation may write. */
  readonly until: number
  /** The target group that the last release which was completed moved the traffic to. */
  readonly deployedLast: string | undefined
}

export async function findRoute(
  table: Pick<Table, 'get'>,
  arn: string
): Promise<KeptRoute | undefined> {
  const item = await table.get(routeKey(arn))
  if (!item) return undefined
  const { deploymentId, moveId, owner, until, deployedLast } = item
  return {
    holder: { deploymentId: textOf(deploymentId), moveId: textOf(moveId) },
    owner: textOf(owner),
    until: numberOf(until),
    deployedLast: typeof deployedLast === 'string' ? deployedLast : undefined
  }
}

/** Gives the route to a move, if it is as `found` says; false if somebody has changed it since. */
export async function holdRoute(
  table: Pick<Table, 'create' | 'update'>,
  arn: string,
  found: KeptRoute | undefined,
  holder: MoveId
): Promise<boolean> {
  const free = { ...holder, owner: '', until: 0 }
  if (!found) return table.create({ ...routeKey(arn), ...free })
  return (await table.update(routeKey(arn), { set: free }, unchangedRoute(found))) !== undefined
}

/** Leases the route, if it is as `found` says; false if somebody has changed it since. */
export async function leaseRoute(
  table: Pick<Table, 'update'>,
  arn: string,
  found: KeptRoute,
  lease: Pick<KeptRoute, 'owner' | 'until'>
): Promise<boolean> {
  const set = { owner: lease.owner, until: lease.until }
  return (await table.update(routeKey(arn), { set }, unchangedRoute(found))) !== undefined
}

/** Prolongs or ends the lease of its owner; false if somebody else has it. */
export async function renewLease(
  table: Pick<Table, 'update'>,
  arn: string,
  { owner, until }: Pick<KeptRoute, 'owner' | 'until'>
): Promise<boolean> {
  const own: Condition = { is: 'equal', path: 'owner', value: owner }
  return (await table.update(routeKey(arn), { set: { until } }, [own])) !== undefined
}

/** Notes, for whoever moves the route now, which group was deployed last. */
export async function noteDeployed(
  table: Pick<Table, 'update'>,
  arn: string,
  holder: MoveId,
  deployedLast: string
): Promise<void> {
  await table.update(routeKey(arn), { set: { deployedLast } }, [
    { is: 'equal', path: 'deploymentId', value: holder.deploymentId },
    { is: 'equal', path: 'moveId', value: holder.moveId }
  ])
}

function unchangedRoute({ holder, owner, until }: KeptRoute): readonly Condition[] {
  return [
    { is: 'equal', path: 'deploymentId', value: holder.deploymentId },
    { is: 'equal', path: 'moveId', value: holder.moveId },
    { is: 'equal', path: 'owner', value: owner },
    { is: 'equal', path: 'until', value: until }
  ]
}

function textOf(value: Value | undefined): string {
  return typeof value === 'string' ? value : ''
}

function numberOf(value: Value | undefined): number {
  return typeof value === 'number' ? value : 0
}
