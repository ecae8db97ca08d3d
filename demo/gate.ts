import { join } from 'node:path'
import type { Emulator } from '../emulator/emulator.ts'
import { startGitHub } from '../emulator/github/server.ts'
import type { GitHub } from '../emulator/github/server.ts'
import { startSlack } from '../emulator/slack/server.ts'
import type { Slack } from '../emulator/slack/slack.ts'
import { installGate } from '../emulator/worlds/gate-app.ts'
import type { GateApp } from '../emulator/worlds/gate-app.ts'
import { ROOT } from '../runner/environment.ts'
import { JOB } from '../runner/job.ts'
import type { Language } from './arguments.ts'

/** Who decides in the demo: nobody may approve what they asked for, so octocat cannot. */
export const APPROVER = 'U0MINJI2K'
const REQUESTER = 'U0OCTO4CT'

const MEMBERS = [
  { id: APPROVER, name: 'Minji Kim' },
  { id: 'U0ALEX7RV', name: 'Alex Rivera' },
  { id: REQUESTER, name: 'octocat' },
  { id: 'U0NORA3XY', name: 'Nora (not an approver)' }
]

export interface DemoGate {
  readonly app: GateApp
  readonly slack: Slack
  readonly github: GitHub
  close(): Promise<void>
}

/** The gate as it runs in an account: its bundles as Lambda functions, Slack before it, GitHub's tokens beside it. */
export async function openGate(emulator: Emulator, language: Language): Promise<DemoGate> {
  const { clock } = emulator.world
  const github = await startGitHub({
    clock,
    job: JOB
  })
  const slack = await startSlack({
    clock,
    team: 'T0SHOP5QD',
    app: 'A0GATE8HZ',
    botToken: 'xoxb-only-here',
    signingSecret: 'known to the emulated Slack and to the gate',
    members: MEMBERS,
    channels: { C0RELEASE: 'releases' }
  })
  const bundles = join(ROOT, 'dist/gate')
  const app = await installGate(emulator, { bundles, slack, policy: policy(language, github) })
  // Step 5 of docs/gate-setup.md; from then on the pre-flight knows what is watched.
  await emulator.world.lambda.invoke(app.sweepFunction, {})
  return {
    app,
    slack,
    github,
    async close() {
      await slack.close()
      await github.close()
    }
  }
}

function policy(language: Language, { issuer }: GitHub): string {
  return `version: 1
language: ${language}
slack: { team: T0SHOP5QD, app: A0GATE8HZ, channel: C0RELEASE }
github:
  issuer: "${issuer}"
  repositories: [octo/shop]
  identities: { octocat: ${REQUESTER} }
approvers: { users: [${APPROVER}, U0ALEX7RV, ${REQUESTER}] }
self-approval: forbidden
break-glass: { users: [U0ALEX7RV] }
test-hosts: [127.0.0.1]
watch: { deployment-groups: ["*/*"], on-ungated: stop }
`
}
