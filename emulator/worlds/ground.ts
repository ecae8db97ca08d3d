import type { AccountOperations } from '../account.ts'
import type { Caller, World } from '../world.ts'

/** What a ready-made world is built on: an emulator, or an account that no HTTP reaches. */
export interface Ground {
  readonly world: World
  readonly operations: Pick<AccountOperations, 'ecs' | 'elasticloadbalancing' | 'codedeploy'>
}

/** Whoever set the account up before the release began. */
export function builder({ partition, account }: World): Caller {
  return { accessKeyId: '', arn: `arn:${partition}:iam::${account}:user/platform` }
}
