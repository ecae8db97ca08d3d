import type { Clients } from '../../../aws/clients.ts'
import type { Table } from '../../../ledger/table.ts'
import type { Clock } from '../../../release/clock.ts'
import { kindOfRoute, readActions } from '../route.ts'
import { weightsIn } from '../weights.ts'
import { jobMoves } from './job-moves.ts'
import { ledgerMoves } from './ledger-moves.ts'
import type { LegSide } from './legs.ts'
import type { MovesHost, ReleaseOfMoves } from './moves.ts'

export interface HostOptions {
  readonly clients: Clients
  readonly clock: Clock
  /** The gate's table; undefined if there is none, and the job moves the weights itself. */
  readonly ledgerTable: string | undefined
}

/** Who moves the weights: the gate's functions where there is a ledger, else this job. */
export function movesHost({ clients, clock, ledgerTable }: HostOptions): MovesHost {
  if (ledgerTable === undefined) {
    return { hasGate: false, open: () => jobMoves({ clients, clock }), before: undefined }
  }
  let opened: Promise<Table> | undefined
  const open = async (): Promise<Table> => {
    const { dynamoTable } = await import('../../../ledger/dynamo-table.ts')
    return dynamoTable(await clients.dynamodb(), ledgerTable)
  }
  const table: Pick<Table, 'get' | 'create'> = {
    get: async (...given) => (await (opened ??= open())).get(...given),
    create: async (...given) => (await (opened ??= open())).create(...given)
  }
  const movesOf = ({
    course,
    needed,
    ...release
  }: ReleaseOfMoves): ReturnType<typeof ledgerMoves> => {
    const { live, idle } = course
    const sideOf = (arn: string): LegSide => (arn === live.targetGroup ? live : idle)
    const deploys = live.service !== undefined && idle.service !== undefined
    return ledgerMoves({
      ...release,
      table,
      clock,
      minHealthy: needed,
      sideOf: (arn) => sideOf(arn).name,
      ecs: deploys
        ? { cluster: release.cluster, serviceOf: (arn) => sideOf(arn).service ?? '' }
        : undefined,
      async look({ route, pair }) {
        const place = { arn: route, kind: kindOfRoute(route) }
        const actions = await readActions(await clients.loadBalancing(), place)
        return actions && weightsIn(actions, pair)
      }
    })
  }
  const nobody = { name: '', targetGroup: '', service: undefined }
  return {
    hasGate: true,
    open: movesOf,
    // What earlier releases have left behind is asked before there is a release.
    before: (route) =>
      movesOf({
        deploymentId: '-',
        createdAt: 0,
        cluster: '-',
        service: '-',
        course: { route, live: nobody, idle: nobody, legs: [] },
        needed: 1,
        metrics: undefined
      }).before?.(route) ?? Promise.resolve({ deployedLast: undefined, active: undefined })
  }
}
