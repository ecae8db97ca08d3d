import type { Members } from '../../documents/members.ts'
import { isList } from '../../documents/mapping.ts'

/** Forms of Slack's ids (Slack, "Object types"); names can be changed by their holders and decide nothing. */
const FORMS = {
  user: { pattern: /^[UW][A-Z0-9]{2,}$/, wanted: "a Slack user's id such as U012AB3CD" },
  group: { pattern: /^S[A-Z0-9]{2,}$/, wanted: "a Slack user group's id such as S012AB3CD" },
  team: { pattern: /^T[A-Z0-9]{2,}$/, wanted: "the Slack workspace's id such as T012AB3CD" },
  enterprise: {
    pattern: /^E[A-Z0-9]{2,}$/,
    wanted: "the Slack organization's id such as E012AB3CD"
  },
  app: { pattern: /^A[A-Z0-9]{2,}$/, wanted: "the Slack app's id such as A012AB3CD" },
  channel: { pattern: /^[CG][A-Z0-9]{2,}$/, wanted: "a Slack channel's id such as C012AB3CD" }
} as const

type Form = keyof typeof FORMS

/** One id, or a list of them where `list` is set; undefined where there is none that is right. */
export function readSlackIds(
  members: Members,
  name: string,
  form: Form,
  list: 'one' | 'list' = 'one'
): readonly string[] | undefined {
  const value = members.value(name)
  if (value === undefined) return undefined
  const { pattern, wanted } = FORMS[form]
  const values = list === 'list' && isList(value) ? value : [value]
  const ids = values.filter((each) => typeof each === 'string').filter((each) => pattern.test(each))
  if ((list === 'list') !== isList(value) || ids.length < values.length) {
    const wrong = values.find((each) => typeof each !== 'string' || !pattern.test(each)) ?? value
    const shape = list === 'list' ? `a list, each of it ${wanted}` : wanted
    return members.refuse(name, `found ${JSON.stringify(wrong)}, wanted ${shape}`)
  }
  if (new Set(ids).size < ids.length) return members.refuse(name, 'names somebody twice')
  return ids
}

/** GitHub logins, which GitHub compares without case, to Slack user ids. */
export function readLogins(members: Members | undefined): Readonly<Record<string, string>> {
  const known: Record<string, string> = Object.create(null) as Record<string, string>
  for (const login of members?.keys() ?? []) {
    // Bots such as dependabot[bot] release too.
    if (!/^[A-Za-z0-9_-]{1,100}(\[bot\])?$/.test(login)) {
      members?.refuse(login, 'wanted a GitHub login')
    }
    const [user] = (members && readSlackIds(members, login, 'user')) ?? []
    if (user !== undefined) known[login.toLowerCase()] = user
  }
  return known
}
