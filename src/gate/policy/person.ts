import type { Slack, SlackUser } from '../slack/slack.ts'
import type { Rules } from './policy.ts'

/** What a person who clicks wants to do. */
export type Intent = 'approve' | 'reject' | 'break-glass'

/** The person who clicked, as Slack describes them now; `unknown` if Slack could not be asked. */
export type Person =
  | (SlackUser & {
      /** The user groups that the policy names as approvers, with their members. */
      readonly groups: readonly { readonly id: string; readonly members: readonly string[] }[]
    })
  | 'unknown'

/** Never throws: a person who cannot be looked up is `unknown`, and may decide nothing. */
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
