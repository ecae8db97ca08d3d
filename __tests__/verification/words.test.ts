import { afterEach, describe, expect, test } from '@jest/globals'
import { systemClock } from '../../src/release/clock.ts'
import { parseVerification } from '../../src/verification/file/parse.ts'
import { askGreen } from '../../src/verification/green-checks.ts'
import { inWords as availabilityInWords } from '../../src/verification/words/availability.ts'
import { inWords as loadInWords } from '../../src/verification/words/load.ts'
import { summarise } from '../../src/verification/words/metrics.ts'
import { inWords as recoveryInWords } from '../../src/verification/words/recovery.ts'
import { Progress } from '../../src/verification/recovery/progress.ts'
import { speaking } from '../../src/words/say.ts'
import { METRICS } from '../action/summary/sample-evidence.ts'
import { serve, type Served } from './server.ts'

let served: Served | undefined
afterEach(() => served?.close())

const inKorean = <T>(work: () => T | Promise<T>): Promise<T> =>
  speaking('ko', () => Promise.resolve().then(work))

describe('evidence in Korean', () => {
  test('of checks and flows, by what green really answers', async () => {
    served = await serve((_, response) => void response.writeHead(503).end('{}'))
    const file = `version: 1
checks: { required: true, requests: [{ path: /health }] }
flows: [{ name: order, required: true, steps: [{ name: pay, path: /pay, expect: { status: [200, 204] } }] }]`
    const verification = await parseVerification(file, 'v.yml')
    const summaries: string[] = []
    await inKorean(() =>
      askGreen(verification, {
        target: served?.origin ?? '',
        valueOf: () => undefined,
        clock: systemClock,
        signal: new AbortController().signal,
        monotonic: () => performance.now(),
        onEvidence: ({ summary }) => Promise.resolve(void summaries.push(summary))
      })
    )
    expect(summaries).toEqual([
      '경로 1개 중 1개 실패: GET /health: 상태 코드 503, 기대값 200',
      'pay 단계에서 실패: 상태 코드 503, 기대값 200 또는 204'
    ])
  })

  test('of load, availability, metrics and recovery', async () => {
    const figures = { latency: undefined, requests: 9_857, rate: 1, failureRate: 7e-4, failed: 7 }
    const check = { name: 'ok', passes: 0, fails: 9, wanted: undefined, passed: false }
    expect(await inKorean(() => loadInWords(figures, [], [check]))).toBe(
      '응답 없음, 요청 9,857건 중 7건 실패(0.07 %), 체크 1개 중 0개 통과, 미충족: "ok"(9회 중 0회 통과)'
    )
    expect(await inKorean(() => availabilityInWords(400, 3, [], undefined))).toBe(
      '요청 400건 중 3건 실패'
    )
    const { series, alarms, startedAt } = METRICS
    expect(await inKorean(() => summarise([], series, alarms, startedAt))).toMatch(
      /^그린: 정상 \d개, 요청 [\d,]+건, .*; 블루: .*; 경보 1개 OK; 경보 1개 INSUFFICIENT_DATA$/
    )
    const whole = { desired: 1, tasks: [{ arn: 'a', startedAt: 1 }], targets: [] }
    const outcome = {
      maxFailureRate: 0.01,
      progress: new Progress(whole, 0),
      asked: undefined,
      blind: undefined,
      isInterrupted: false,
      endedAt: 9_000
    }
    expect(await inKorean(() => recoveryInWords(9_000, outcome))).toBe(
      '9초 안에 복구되지 않음; 요청을 집계하지 못했습니다'
    )
  })

  test('is what the problems of a file are told in', async () => {
    const broken = 'version: 1\nrecovery: { required: true, cluster: "*", path: /, within: 2 h }'
    await expect(inKorean(() => parseVerification(broken, 'v.yml'))).rejects.toThrow(
      /v\.yml: recovery\.cluster: "\*" 값은 사용할 수 없습니다\. 클러스터 이름이어야 합니다/
    )
  })
})
