import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createStack, type Stack } from '../../emulator/cloudformation/stack.ts'
import { parseTemplate } from '../../emulator/cloudformation/template.ts'
import { interactivityUrlOf } from '../../emulator/worlds/gate-app.ts'
import { createGateStacks } from '../../emulator/worlds/gate-template.ts'
import { VERSION } from '../../src/release/version.ts'
import { describeWith } from '../helpers/needs.ts'
import { whenShown } from '../helpers/when-shown.ts'
import { openReader, type Reader } from '../infra/reader.ts'
import {
  pagesPolicy,
  parametersGivenIn,
  putCode,
  shellOf,
  stackCommands,
  stepInputs
} from '../infra/setup-page.ts'
import { runAct, type ActRun } from './act.ts'

/** The step of docs/gate-setup.md, with a copy of the action where the page names a release. */
const WORKFLOW = `on: push
jobs:
  release:
    runs-on: ubuntu-latest
    permissions: { contents: read, id-token: write }
    steps:
      - run: cp -rL "$ACTION/." .
      - id: release
        uses: ./
        with:
${Object.entries({
  ...stepInputs(),
  // The old tasks are kept for minutes of the machine's own.
  'wait-for': 'traffic-shifted'
})
  .map(([name, value]) => `          ${name}: ${value}\n`)
  .join('')}
      - if: always()
        env: { OUTPUTS: '\${{ toJSON(steps.release.outputs) }}' }
        run: echo "$OUTPUTS" > "$NOTES/release"
`

const COMMANDS = ['act', 'moto_server', 'aws', 'python3']
describeWith(COMMANDS, 'a release, from its files to a released service', () => {
  let reader: Reader
  let run: ActRun
  let stack: Stack
  let shownAtEnd: string

  /** A template of the release's files. */
  const templateOf = async (name: string) =>
    parseTemplate(await readFile(join(reader.folder, 'release', `${name}.yaml`), 'utf8'))

  beforeAll(async () => {
    reader = await openReader()
    const { emulator, slack, walk, folder, secrets } = reader
    await putCode(walk)
    const [secret = ''] = shellOf('2. Secret and policy')
    await walk(secret, { input: JSON.stringify(secrets) })
    const noted = JSON.parse(await readFile(join(folder, 'gate.json'), 'utf8')) as string[]
    const [, policies = '', ci = ''] = stackCommands()
    const parameters = {
      ...parametersGivenIn(`--parameter-overrides ${noted.join(' ')}`),
      ...parametersGivenIn(policies)
    }
    const object = `${parameters['CodeBucket']}/${parameters['CodeKey']}`
    await walk(`aws s3 cp s3://${object} bucket.zip && python3 -m zipfile -e bucket.zip unpacked`)
    stack = await createGateStacks(
      emulator,
      [await templateOf('gate'), await templateOf('policies')],
      {
        parameters,
        code: { [object]: join(folder, 'unpacked') },
        environment: { SLACK_API_URL: slack.apiUrl }
      }
    )
    const template = await templateOf('ci')
    const ofCi = { template, parameters: parametersGivenIn(ci), code: {} }
    await createStack(emulator, { name: 'release-gate-ci-orders', ...ofCi })
    slack.interactivityUrl = interactivityUrlOf(stack)
    await walk('aws lambda invoke --function-name release-gate-sweep answer.json')
    const environment = Object.fromEntries(
      Object.entries(reader.jobEnvironment).filter(
        (entry): entry is [string, string] => entry[1] !== undefined
      )
    )
    const ended = runAct({ workflow: WORKFLOW, environment })
    const none = ended.then((found) => Promise.reject(new Error(JSON.stringify(found))))
    const { workspace } = slack
    await Promise.race([whenShown(workspace, () => workspace.messages.length > 0), none])
    const [card] = workspace.messages
    const [person = ''] = pagesPolicy().approvers.users
    await slack.click(person, card?.ts ?? '', 'gate_approve')
    run = await ended
    shownAtEnd = JSON.stringify(workspace.messages)
  }, 240_000)
  afterAll(() => reader.close())

  test('the job that uses it passes, and says that it is released and who approved', () => {
    expect([run.exitCode, run.results]).toEqual([0, { release: 'success' }])
    const [person = ''] = pagesPolicy().approvers.users
    expect(JSON.parse(run.notes['release'] ?? '')).toMatchObject({
      outcome: 'released',
      'approval-status': 'approved',
      'approved-by': expect.stringContaining(person)
    })
  })

  test('production traffic is on green, and the card says so', () => {
    const { emulator, service } = reader
    const listener = emulator.world.elb.listeners.get(service.productionListenerArn)
    const served = listener?.weights.filter(({ weight }) => weight > 0)
    expect(served?.map(({ targetGroupArn }) => targetGroupArn)).toEqual([
      service.targetGroupArns[1]
    ])
    expect(shownAtEnd).toContain('orders 1.4.1 → 1.4.2')
  })

  test('the functions are of the version of the files', async () => {
    const table = JSON.parse(
      await reader.walk(
        `aws dynamodb get-item --table-name release-gate --key '{"pk":{"S":"watch#"},"sk":{"S":"policy"}}' --output json`
      )
    ) as { Item: { watch: { S: string } } }
    expect(JSON.parse(table.Item.watch.S)).toMatchObject({ version: VERSION })
  })

  test('nobody but the emulated AWS, Slack and GitHub was asked for anything', () => {
    expect(run.asked).toEqual([])
  })
})
