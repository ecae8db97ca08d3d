import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'

/** Folders that decide by stage and state, whatever control plane moves the traffic. */
const FOLDERS = [
  'src/release',
  'src/verification',
  'src/report-html',
  'src/ledger',
  'src/action',
  'src/gate/observe'
]

/** Files in which CodeDeploy's names may stand, each with the reason. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  'src/action/inputs/table.ts': 'the example of the input `hooks` names an event'
}

/** Lifecycle events, and what CodeDeploy says of a failure, anywhere in the code. */
const NAMES =
  /\b(BeforeInstall|AfterInstall|AllowTestTraffic|AfterAllowTestTraffic|BeforeAllowTraffic|AllowTraffic|AfterAllowTraffic|ALARM_ACTIVE|HEALTH_CONSTRAINTS|HOOK_EXECUTION_FAILURE|IAM_ROLE_MISSING|IAM_ROLE_PERMISSIONS|INVALID_LAMBDA_FUNCTION|codeDeployRollback|timed out while waiting)\b/g
/** Words of other meanings too: only whole texts are looked at. */
const TEXTS = /(["'`])(Install|Created|Queued|Baking|Ready|Stopped)\1/g
/** A deployment's own status is shown; whoever compares it compares a word of CodeDeploy. */
const COMPARED =
  /\b(deployment|snapshot|ended|made|last|read|after|rollback)\??\.status (===|!==)|\.includes\(\w+\.status\)/g

function namesIn(code: string): string[] {
  const withoutComments = code.replace(/\/\*[\s\S]*?\*\/|(^|\s)\/\/.*$/gm, '')
  return [NAMES, TEXTS, COMPARED].flatMap((pattern) => withoutComments.match(pattern) ?? [])
}

test('a control plane’s own names are compared in its own files alone', () => {
  const files = FOLDERS.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => `${folder}/${name}`)
  )
  expect(files.length).toBeGreaterThan(150)
  const found = files
    .filter((file) => EXCEPTIONS[file] === undefined)
    .flatMap((file) => namesIn(readFileSync(file, 'utf8')).map((name) => `${file}: ${name}`))
  expect(found).toEqual([])
})

test.each([
  ["event.name === 'Install'", ["'Install'"]],
  ["snapshot.status === 'Succeeded'", ['snapshot.status ===']],
  [
    "['Failed', 'Stopped'].includes(deployment.status)",
    ["'Stopped'", '.includes(deployment.status)']
  ],
  ['/timed out while waiting for a status callback/', ['timed out while waiting']],
  ["step?.status === 'Succeeded' // not AllowTraffic", []],
  ['/** `BeforeAllowTraffic` */ install()', []]
])('of %s it finds %j', (code, names) => {
  expect(namesIn(code)).toEqual(names)
})
