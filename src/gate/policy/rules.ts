import { fitsAny } from '../../documents/pattern.ts'
import type { Policy, Rules } from './policy.ts'

/** What holds for `cluster/service`: the document's rules, with what its first fitting entry replaces. */
export function rulesFor({ rules, services }: Policy, service: string): Rules {
  const own = services.find(({ pattern }) => fitsAny([pattern], service))
  return { ...rules, ...own?.rules }
}
