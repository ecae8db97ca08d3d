import type { Members } from '../../documents/members.ts'
import { isList } from '../../documents/mapping.ts'
import { say } from '../../words/say.ts'

/** Forms of Slack's ids (Slack, "Object types"); names can be changed by their holders and decide nothing. */
const FORMS = {
  user: /^[UW][A-Z0-9]{2,}$/,
  group: /^S[A-Z0-9]{2,}$/,
  team: /^T[A-Z0-9]{2,}$/,
  enterprise: /^E[A-Z0-9]{2,}$/,
  app: /^A[A-Z0-9]{2,}$/,
  channel: /^[CG][A-Z0-9]{2,}$/
} as const

type Form = keyof typeof FORMS

function wantedText(form: Form): string {
  const texts = {
    user: say`a Slack user's id such as U012AB3CD`,
    group: say`a Slack user group's id such as S012AB3CD`,
    team: say`the Slack workspace's id such as T012AB3CD`,
    enterprise: say`the Slack organization's id such as E012AB3CD`,
    app: say`the Slack app's id such as A012AB3CD`,
    channel: say`a Slack channel's id such as C012AB3CD`
  }
  return texts[form]
}

/** One id, or a list of them where `list` is set; undefined where there is none that is right. */
export function readSlackIds(
  members: Members,
  name: string,
  form: Form,
  list: 'one' | 'list' = 'one'
): readonly string[] | undefined {
  const value = members.value(name)
  if (value === undefined) return undefined
  const pattern = FORMS[form]
  const values = list === 'list' && isList(value) ? value : [value]
  const ids = values.filter((each) => typeof each === 'string').filter((each) => pattern.test(each))
  if ((list === 'list') !== isList(value) || ids.length < values.length) {
    const wrong = values.find((each) => typeof each !== 'string' || !pattern.test(each)) ?? value
    const wanted = wantedText(form)
    const shape = list === 'list' ? say`a list, each of it ${wanted}` : wanted
    return members.refuse(name, say`found ${JSON.stringify(wrong)}, wanted ${shape}`)
  }
  if (new Set(ids).size < ids.length) return members.refuse(name, say`names somebody twice`)
  return ids
}

/** GitHub logins, which GitHub compares without case, to Slack user ids. */
export function readLogins(members: Members | undefined): Readonly<Record<string, string>> {
  const known: Record<string, string> = Object.create(null) as Record<string, string>
  for (const login of members?.keys() ?? []) {
    // Bots such as dependabot[bot] release too.
    if (!/^[A-Za-z0-9_-]{1,100}(\[bot\])?$/.test(login)) {
      members?.refuse(login, say`wanted a GitHub login`)
    }
    const [user] = (members && readSlackIds(members, login, 'user')) ?? []
    if (user !== undefined) known[login.toLowerCase()] = user
  }
  return known
}
