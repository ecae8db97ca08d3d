import { describe, expect, it } from '@jest/globals'
import { isMapping } from '../../../src/documents/mapping.ts'
import { closingIn, ErrorLines } from '../../../src/verification/load/k6-output.ts'
import { RECORDINGS } from './recordings.ts'

const outputOf = (name: string): { readonly stdout: string; readonly stderr: string } => {
  const found: unknown = JSON.parse(RECORDINGS.find((each) => each.name === name)?.run ?? '')
  if (!isMapping(found)) throw new Error(`no recording ${name}`)
  return { stdout: String(found['stdout']), stderr: String(found['stderr']) }
}

function errorsIn(lines: readonly string[]): ReturnType<ErrorLines['all']> {
  const errors = new ErrorLines()
  for (const line of lines) errors.see(line)
  return errors.all()
}

describe('error lines', () => {
  it('are those that k6 itself has written for a script that throws, counted', () => {
    expect(errorsIn(outputOf('script-throws').stderr.split('\n'))).toEqual([
      {
        text: 'Error: boom\n\tat default (file://script-throws.k6.js:2:77(3))',
        times: 3
      }
    ])
  })

  it('leave out that a threshold was crossed, which the thresholds say', () => {
    expect(errorsIn(outputOf('threshold-crossed').stderr.split('\n'))).toEqual([])
  })

  it('are read in the other formats of logs', () => {
    expect(
      errorsIn([
        '{"level":"error","msg":"failed: \\"503\\"","source":"console"}',
        '{"level":"info","msg":"fine"}',
        'time="x" level=warning msg="slow"',
        'time="x" level=error msg=short source=console',
        'time="x" level=error msg="broken \\x escape"',
        'nothing'
      ])
    ).toEqual([
      { text: 'failed: "503"', times: 1 },
      { text: 'short', times: 1 },
      { text: 'broken \\x escape', times: 1 }
    ])
  })

  it('are bounded, however many there are and however long', () => {
    const lines = Array.from(
      { length: 50_000 },
      (_, index) => `level=error msg="${index} ${'x'.repeat(1_000)}"`
    )
    const found = errorsIn([...lines, ...lines])
    expect(found).toHaveLength(20)
    expect(found[0]?.times).toBe(2)
    expect(Math.max(...found.map(({ text }) => text.length))).toBe(300)
  })
})

describe('the closing text', () => {
  it.each(RECORDINGS.filter(({ summary }) => summary.includes('"http_reqs"')))(
    'of $name is all that k6 wrote at its end',
    ({ name }) => {
      const closing = closingIn(outputOf(name).stdout)
      expect(closing).toMatch(/^ {2}█ (THRESHOLDS|TOTAL RESULTS)/)
      expect(closing).toMatch(/data_sent\.+: .*$/)
    }
  )

  it('leaves out the beginning and the progress, which k6 prints before and after', () => {
    const stdout = [
      '',
      '         /\\      Grafana   /‾‾/  ',
      '',
      '     execution: local',
      '        script: load.js',
      '        output: -',
      '',
      '     scenarios: (100.00%) 1 scenario, 10 max VUs, 33s max duration:',
      '              * contacts: Up to 10 looping VUs for 3s',
      '',
      'running (0m01.0s), 05/10 VUs, 10 complete and 0 interrupted iterations',
      'contacts   [  33% ] 05/10 VUs  1.0s/3.0s',
      '',
      '     ✓ status is 200',
      '     http_reqs......: 214 69/s',
      '',
      'running (0m03.1s), 00/10 VUs, 71 complete and 0 interrupted iterations',
      'contacts ✓ [ 100% ] 00/10 VUs  3s'
    ].join('\n')
    expect(closingIn(stdout)).toBe('     ✓ status is 200\n     http_reqs......: 214 69/s')
  })

  it('of a script with handleSummary() is what the script wrote', () => {
    expect(closingIn('     execution: local\n        output: -\n\nall is well\n')).toBe(
      'all is well'
    )
  })

  it('is bounded, and its end is kept', () => {
    const long = `     http_reqs....: 1\n${'x'.repeat(20_000)}end`
    expect(closingIn(long)).toHaveLength(8_000)
    expect(closingIn(long)).toMatch(/^…x.*end$/)
  })
})
