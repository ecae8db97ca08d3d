import type { Slack, SlackUser } from '../platform.ts'
import type { Rules } from '../policy/policy.ts'

/** Who clicked, as Slack says now; `unknown` where it could not be asked. */
export type Person =
  | (SlackUser & {
      /** Of the policy's user groups, those that were read. */
      readonly groups: readonly { readonly id: string; readonly members: readonly string[] }[]
    })
  | 'unknown'

/** Never throws: who cannot be looked up is unknown, and an unknown person decides nothing. */
export async function lookUp(slack: Slack, user: string, rules: Rules): Promise<Person> {
  try {
    const [person, groups] = await Promise.all([
      slack.person(user),
      Promise.all(
        rules.approvers.groups.map(async (id) => ({ id, members: await slack.groupMembers(id) }))
      )
    ])
    return { ...person, groups }
  } catch {
    return 'unknown'
  }
}
