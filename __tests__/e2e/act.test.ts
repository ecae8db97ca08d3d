import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, it, jest } from '@jest/globals'
import { ROOT, stepEnvironment } from '../../runner/environment.ts'
import { describeWith } from '../helpers/needs.ts'
import { runAct, TOKEN, type ActRun, type Phase } from './act.ts'
import { INPUTS, openStage, until, type Stage } from './stage.ts'

jest.setTimeout(90_000)

type Texts = Readonly<Record<string, string>>

const mapping = (values: Texts, indent: string): string =>
  Object.entries(values)
    .map(([name, value]) => `${indent}${name}: ${value}\n`)
    .join('')

const forAll = (names: readonly string[], valueOf: (name: string) => string): Texts =>
  Object.fromEntries(names.map((name) => [name, valueOf(name)]))

/** Of the release after it: releasing the same once more would be refused. */
const NEXT: Texts = { ...INPUTS, image: 'orders:3' }

/** A job that uses the action, and notes its outputs in a later step. */
const job = (id: string, uses: string, inputs: Texts = INPUTS, more: Texts = {}): string => `
  ${id}:
    runs-on: ubuntu-latest
${mapping(more, '    ')}
    steps:
      - run: cp -rL "$ACTION/." .
      - id: release
        uses: ${uses}
        with:
${mapping(inputs, '          ')}
      - if: always()
        env: { OUTPUTS: '\${{ toJSON(steps.release.outputs) }}' }
        run: echo "$OUTPUTS" > "$NOTES/${id}"
`

const workflow = (...jobs: readonly string[]): string => `on: push\njobs:${jobs.join('')}`

/** A team's own action around this one: hands inputs on, and two outputs back. */
const COMPOSITE = `
name: Release
description: Release the way this team does
inputs:
${mapping(
  forAll(Object.keys(INPUTS), () => '{ description: handed on }'),
  '  '
)}
outputs:
  outcome: { description: x, value: '\${{ steps.inner.outputs.outcome }}' }
  deployment-id: { description: x, value: '\${{ steps.inner.outputs.deployment-id }}' }
runs:
  using: composite
  steps:
    - id: inner
      uses: ./
      with:
${mapping(
  forAll(Object.keys(INPUTS), (name) => `\${{ inputs.${name} }}`),
  '        '
)}
`

const run = (stage: Stage, text: string, cancelled?: AbortSignal): Promise<ActRun> =>
  runAct({
    workflow: text,
    files: { 'composite/action.yml': COMPOSITE },
    environment: stage.emulator.environment,
    ...(cancelled && { cancelled })
  })

const outputsOf = ({ notes }: ActRun, id: string): unknown => JSON.parse(notes[id] ?? '')

/** What our own runner hands to the action for those inputs. */
async function inputsOnOurRunner(inputs: Texts): Promise<Texts> {
  const folder = await mkdtemp(join(tmpdir(), 'step-'))
  try {
    const { environment } = await stepEnvironment({ folder, inputs })
    return Object.fromEntries(
      Object.entries(environment).filter(([name]) => name.startsWith('INPUT_'))
    )
  } finally {
    await rm(folder, { recursive: true })
  }
}

describeWith(['act'], 'a workflow on act', () => {
  let released: ActRun
  let rejected: ActRun
  let cancelled: ActRun
  let stops: readonly unknown[]
  let stopped: string

  // Three at a time, each in an account of its own: most of what they do is wait.
  beforeAll(async () => {
    const [yes, no, nobody] = await Promise.all([
      openStage({ gateAnswers: 'Succeeded' }),
      openStage({ gateAnswers: 'Failed' }),
      openStage({ factor: 60 })
    ])
    const { calls, world } = nobody.emulator
    // By then the deployment's id is among what the main phase has saved for its post phase.
    const isFollowed = (): boolean => calls.count('codedeploy:GetDeploymentTarget') > 0
    const cancel = new AbortController()
    const twice = workflow(
      job('direct', './'),
      job('composed', './composite', NEXT, { needs: 'direct' })
    )
    const onCancel = job('cancelled', './', { ...INPUTS, 'on-cancel': 'stop' })
    const [, ...runs] = await Promise.all([
      Promise.all([nobody.asked(), until(isFollowed)]).then(() => cancel.abort()),
      run(yes, twice),
      run(no, workflow(job('rejected', './composite'))),
      run(nobody, workflow(onCancel), cancel.signal)
    ])
    ;[released, rejected, cancelled] = runs
    stops = calls.list('codedeploy:StopDeployment').map(({ input }) => input)
    const [deployment] = [...world.codedeploy.deployments.values()]
    await until(() => deployment?.info.status === 'Stopped')
    stopped = deployment?.info.deploymentId ?? ''
  }, 120_000)

  it('passes when the person approves, used directly and through a composite action', () => {
    expect(released.results).toEqual({ direct: 'success', composed: 'success' })
    expect(released.exitCode).toBe(0)
  })

  it('hands each input to both phases as our own runner does, its default where nothing is given', async () => {
    const direct = await inputsOnOurRunner(INPUTS)
    const composed = await inputsOnOurRunner(NEXT)
    expect(direct).toMatchObject({ 'INPUT_MAX-RETRIES': '3', INPUT_CLUSTER: 'shop' })
    const phase = (id: string, isPost: boolean, inputs: Texts): Phase => ({
      job: id,
      isPost,
      inputs
    })
    expect(released.phases).toEqual([
      phase('direct', false, direct),
      phase('direct', true, direct),
      phase('composed', false, composed),
      phase('composed', true, composed)
    ])
  })

  it('has outputs for a later step, and through the composite action for those after it', () => {
    const deploymentId = expect.stringMatching(/^d-[A-Z0-9]{9}$/)
    expect(outputsOf(released, 'direct')).toMatchObject({
      outcome: 'released',
      'approval-status': 'approved',
      'deployment-id': deploymentId
    })
    expect(outputsOf(released, 'composed')).toMatchObject({
      outcome: 'released',
      'deployment-id': deploymentId
    })
  })

  it('writes the summary file', () => {
    const summary = expect.stringMatching(/^## ✅ Released: `orders`\n/)
    expect(released.summaries).toEqual({ direct: summary, composed: summary })
  })

  it('fails the job when the person rejects, and a later step still learns of it', () => {
    expect(rejected.exitCode).toBe(1)
    expect(rejected.results).toEqual({ rejected: 'failure' })
    expect(rejected.errors).toContain('exit status 1')
    expect(outputsOf(rejected, 'rejected')).toMatchObject({ outcome: 'rejected' })
    expect(rejected.summaries['rejected']).toMatch(/Rejected/)
    expect(rejected.phases.map(({ isPost }) => isPost)).toEqual([false, true])
  })

  it('cancelled, is killed, and its post phase deals with the deployment as on-cancel says', () => {
    expect(cancelled.exitCode).toBe(1)
    expect(cancelled.results).toEqual({ cancelled: 'failure' })
    expect(cancelled.errors).toContain('this step has been cancelled: signal: killed')
    expect(cancelled.phases.map(({ isPost }) => isPost)).toEqual([false, true])
    expect(outputsOf(cancelled, 'cancelled')).toMatchObject({ 'deployment-id': stopped })
    expect(stops).toEqual([{ deploymentId: stopped, autoRollbackEnabled: false }])
  })

  it('asks no host but the emulator for anything', () => {
    expect([released, rejected, cancelled].flatMap(({ asked }) => asked)).toEqual([])
  })

  it('would be seen to ask another one', async () => {
    const { asked, exitCode } = await runAct({ workflow: workflow(job('other', 'octo/shop@v1')) })
    expect(exitCode).toBe(1)
    expect(asked).toContain('github.com:443')
  })
})

describeWith(['act'], 'action.yml on act', () => {
  /** The action with something else there. */
  async function runWith(before: string, after: string): Promise<ActRun> {
    const text = await readFile(join(ROOT, 'action.yml'), 'utf8')
    expect(text).toContain(before)
    return runAct({
      workflow: workflow(job('changed', './', { service: 'orders' })),
      files: { 'action.yml': text.replace(before, after) }
    })
  }

  it('may have an expression as a default, which is evaluated', async () => {
    const { phases } = await runWith(
      '  environment:\n',
      '    default: ${{ github.token }}\n  environment:\n'
    )
    expect(phases.map(({ inputs }) => inputs['INPUT_GITHUB-TOKEN'])).toEqual([TOKEN, TOKEN])
  })

  it('may have none in a description', async () => {
    const { phases, errors, results } = await runWith("The job's own token", '${{ github.token }}')
    expect(phases).toEqual([])
    expect(results).toEqual({ changed: 'failure' })
    expect(errors).toContainEqual(expect.stringContaining('expressions are not allowed here'))
  })
})
