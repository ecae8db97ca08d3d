import type { Action } from '@aws-sdk/client-elastic-load-balancing-v2'

/** The weights of the two sides of a failover, 0 to 999 each: relative numbers, no percentages. */
export interface Weights {
  readonly from: number
  readonly to: number
}

/** The target groups that the weights belong to, by ARN. */
export interface Pair {
  readonly from: string
  readonly to: string
}

/** The largest weight of a target group (ELB API reference, TargetGroupTuple). */
export const LARGEST_WEIGHT = 999

/** Weights that send `share` percent of new requests to the side that traffic moves to. */
export function weightsFor(share: number): Weights {
  return { from: 100 - share, to: share }
}

export function sameWeights(one: Weights, other: Weights): boolean {
  return one.from === other.from && one.to === other.to
}

/** The share of new requests that the weights send to `to`, in percent; undefined if nobody gets any. */
export function shareOf({ from, to }: Weights): number | undefined {
  return from + to === 0 ? undefined : (100 * to) / (from + to)
}

/**
 * The weights of the pair in the actions of a listener or rule; undefined if they do not forward
 * to exactly these two target groups.
 */
export function weightsIn(actions: readonly Action[], pair: Pair): Weights | undefined {
  const [forward, ...others] = actions.filter(({ Type }) => Type === 'forward')
  const groups = forward?.ForwardConfig?.TargetGroups ?? []
  if (others.length > 0 || groups.length !== 2) return undefined
  const weightOf = (arn: string): number | undefined =>
    groups.find(({ TargetGroupArn }) => TargetGroupArn === arn)?.Weight
  const from = weightOf(pair.from)
  const to = weightOf(pair.to)
  return from === undefined || to === undefined ? undefined : { from, to }
}

/**
 * The whole list of actions to write, with nothing changed but the two weights: a list is replaced
 * as a whole, so what is left out (authentication, say) would be gone. `Describe` hides the client
 * secret of an OIDC action, and a write without it has to ask for the existing one (ELB API
 * reference, AuthenticateOidcActionConfig).
 */
export function withWeights(
  actions: readonly Action[],
  pair: Pair,
  weights: Weights
): readonly Action[] {
  return actions.map((action) => {
    if (action.Type === 'forward') return forwardWith(action, pair, weights)
    const { AuthenticateOidcConfig: oidc } = action
    if (!oidc || oidc.ClientSecret !== undefined) return action
    return { ...action, AuthenticateOidcConfig: { ...oidc, UseExistingClientSecret: true } }
  })
}

function forwardWith(action: Action, pair: Pair, weights: Weights): Action {
  const { ForwardConfig } = action
  const weightOf = new Map([
    [pair.from, weights.from],
    [pair.to, weights.to]
  ])
  return {
    ...action,
    ForwardConfig: {
      ...ForwardConfig,
      TargetGroups: ForwardConfig?.TargetGroups?.map((group) => {
        const Weight = weightOf.get(group.TargetGroupArn ?? '')
        return Weight === undefined ? group : { ...group, Weight }
      })
    }
  }
}
