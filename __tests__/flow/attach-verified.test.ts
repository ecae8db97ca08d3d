import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { attachedTo } from '../../src/flow/attach.ts'
import type { ReleaseLedger } from '../../src/flow/context.ts'
import { newDraft } from '../../src/release/draft.ts'
import type { Followed } from '../../src/release/followed.ts'
import type { Verification } from '../../src/verification/file/model.ts'
import { parseVerification } from '../../src/verification/file/parse.ts'
import { EVIDENCE } from '../action/summary/sample-parts.ts'
import { followedOf } from '../helpers/followed.ts'
import { serve, type Served } from '../verification/server.ts'
import { ledgerOf } from './ledger.ts'
import { start } from './stage.ts'

const HOUR = 3_600_000
const FILE = `version: 1
checks: { required: true, requests: [{ path: / }] }
flows:
  - { name: order, required: true, steps: [{ path: /order }] }
  - { name: pay, required: true, steps: [{ path: /pay }] }
load: { required: true, thresholds: [max < 1 s], requests: [{ path: / }] }
recovery: { required: true, cluster: shop, path: /, within: 60 s }
availability: { on-breach: stop, path: / }
`

async function attach(
  ledger: Partial<ReleaseLedger> | undefined,
  { own = followedOf('d-1'), file }: { own?: Followed; file?: Verification | undefined } = {}
) {
  const draft = newDraft('shop', 'orders')
  const lines: string[] = []
  const keep = (text: string): void => void lines.push(text)
  const logger = {
    info: keep,
    warning: keep,
    group: <T>(_: string, work: () => Promise<T>) => work()
  }
  const begun = await attachedTo({ ledger: ledger && ledgerOf(ledger), logger, draft }, own, file)
  return { begun, draft, lines }
}

const verification = (): Promise<Verification> => parseVerification(FILE, 'v.yml')
const verifiedBy = ({ digest }: { readonly digest: string }): Pick<Followed, 'verification'> => ({
  verification: { digest, isInside: false, askAfter: 'test-traffic' }
})

describe('a run that attaches', () => {
  it('goes on by what the run has kept that started the deployment', async () => {
    const file = await verification()
    const recorded = followedOf('d-1', {
      ...verifiedBy(file),
      hooks: { AfterInstall: 'theirs' },
      rollsBackOn: ['alarm']
    })
    const { begun } = await attach({ followed: () => Promise.resolve(recorded) }, { file })
    expect(begun).toEqual({ followed: recorded, verification: file, isAttached: true })
  })

  it.each([
    ['of another deployment', followedOf('d-2')],
    ['of another control plane', followedOf('d-1', { plane: 'other' })]
  ])('does not go by a record %s', async (_, recorded) => {
    const { begun } = await attach({ followed: () => Promise.resolve(recorded) })
    expect(begun.followed).toEqual(followedOf('d-1'))
  })

  it('asks what is not in the ledger yet, and reports what is', async () => {
    const file = await verification()
    const [checks] = EVIDENCE
    const found = ['checks', 'order', 'load', 'recovery', 'availability'].map((name) => ({
      ...checks,
      name
    }))
    const asked: (readonly string[])[] = []
    const { begun, draft } = await attach(
      {
        evidence: (_, names) => {
          asked.push(names)
          return Promise.resolve(found)
        }
      },
      { file, own: followedOf('d-1', verifiedBy(file)) }
    )
    expect(asked).toEqual([['checks', 'order', 'pay', 'load', 'recovery', 'availability']])
    expect(draft.evidence).toEqual(found)
    expect(begun.verification?.flows.map(({ name }) => name)).toEqual(['pay'])
    expect(begun.verification).toMatchObject({
      checks: undefined,
      load: undefined,
      recovery: undefined,
      availability: undefined
    })
  })

  it.each([
    ['another file', true, /a file that this run does not have: it names another one/],
    ['no file', false, /a file that this run does not have: it names none \(`verification`\)/]
  ])('with %s asks nothing, and says so', async (_, hasFile, said) => {
    const own = followedOf('d-1', verifiedBy({ digest: 'f'.repeat(64) }))
    const { begun, draft, lines } = await attach(undefined, {
      own,
      file: hasFile ? await verification() : undefined
    })
    expect(begun.verification).toBeUndefined()
    expect(draft.announced).toEqual([])
    expect(lines).toEqual([expect.stringMatching(said)])
    expect(draft.warnings).toEqual(lines)
  })

  it('asks nothing of a deployment that was started without verification', async () => {
    const recorded = followedOf('d-1')
    const { begun, lines } = await attach(
      { followed: () => Promise.resolve(recorded) },
      { file: await verification() }
    )
    expect(begun.verification).toBeUndefined()
    expect(lines.join()).toMatch(/started without `verification`/)
  })
})

describe('without a ledger', () => {
  let workspace: string
  let green: Served
  beforeEach(async () => {
    workspace = await mkdtemp(join(tmpdir(), 'workspace-'))
    green = await serve((_, response) => void response.writeHead(200).end('{}'))
  })
  afterEach(async () => {
    await green.close()
    await rm(workspace, { recursive: true, force: true })
  })

  it('a run that attaches asks green as if it had started the deployment', async () => {
    const target = `version: 1\ntarget: { test: "${green.origin}" }\n`
    const flows = 'flows: [{ name: pay, required: true, steps: [{ path: /pay }] }]'
    await writeFile(join(workspace, 'v.yml'), target + flows)
    const release = await start({
      gateAnswers: 'Succeeded',
      workspace,
      inputs: { 'wait-for': 'started' }
    })
    await release.advance(HOUR, release.ended)
    expect(release.draft.evidence).toEqual([])
    const run = release.again({
      'wait-for': 'completed',
      'on-active-deployment': 'attach',
      verification: 'v.yml'
    })
    await release.advance(HOUR, run.ended)
    expect((await run.ended).ending.outcome).toBe('released')
    expect(run.draft.evidence).toMatchObject([{ name: 'pay', verdict: 'passed' }])
  })
})
