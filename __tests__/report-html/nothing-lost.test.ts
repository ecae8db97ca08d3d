import { expect, test } from '@jest/globals'
import { reportToHtml } from '../../src/report-html/render.ts'
import { reportToJson } from '../../src/release/report-json.ts'
import { SAMPLES } from '../action/summary/samples.ts'

const WORDS = 'a word for machines, which the page says in words'
const NAME = 'an ARN, of which the page has the name'

/** What the page does not have letter by letter, by the member's path, with the reason. */
const SHOWN_OTHERWISE: Readonly<Record<string, string>> = {
  approval: WORDS,
  rollback: WORDS,
  'checklist.what': WORDS,
  'checklist.state': WORDS,
  'decision.effect': WORDS,
  'evidence.asked': WORDS,
  'evidence.section': WORDS,
  'evidence.metrics.series.metric': WORDS,
  'evidence.metrics.series.unit': WORDS,
  'timeline.what': WORDS,
  'taskDefinition.runningArn': NAME,
  'timeline.taskArn': NAME,
  'oneOffTask.taskArn': NAME,
  'evidence.recovery.stoppedTask': NAME,
  'diagnosis.stoppedTasks.taskArn': NAME,
  'deployment.error.code': 'the code of the message that stands there',
  'deployment.lifecycle.diagnostics.code': 'the code of the message that stands there',
  'oneOffTask.stopCode':
    'of a task that has succeeded it says nothing; of others it is in the sentence',
  'oneOffTask.stoppedReason':
    'of a task that has succeeded it says nothing; of others it is in the sentence',
  appSpec: 'in the job summary alone, as it was before parts were folded',
  'where.application': 'of a real release it is in the pre-flight of the deployment group',
  'where.deploymentConfig':
    'beside the deployment, if there is one; else in the pre-flight of the traffic shift'
}

interface Leaf {
  readonly path: string
  readonly text: string
}

/** Every text of a JSON value that is no time, with the path to it; places in lists are left out. */
function textsOf(value: unknown, path = ''): readonly Leaf[] {
  if (typeof value === 'string') {
    const isTime = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)
    return isTime || value === '' ? [] : [{ path, text: value }]
  }
  if (Array.isArray(value)) return value.flatMap((each) => textsOf(each, path))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, member]) =>
    textsOf(member, path === '' ? name : `${path}.${name}`)
  )
}

/** The page's text without its spacing, and with its links. */
function written(html: string): string {
  const links = [...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href)
  return plain(
    [...links, html.replaceAll(/<style>[\s\S]*?<\/style>/g, '').replaceAll(/<[^>]*>/g, '')].join(
      ' '
    )
  )
}

function plain(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/g, '')
    .toLowerCase()
}

const lostOf = new Map(
  Object.entries(SAMPLES).map(([name, report]) => {
    const page = written(reportToHtml(report))
    const texts = textsOf(JSON.parse(reportToJson(report)))
    return [name, texts.filter(({ text }) => !page.includes(plain(text)))]
  })
)

test.each([...lostOf])(
  'folded or not, the page of %s has every text of the JSON report',
  (_, lost) => {
    const unexplained = lost.filter(({ path }) => SHOWN_OTHERWISE[path] === undefined)
    expect(unexplained).toEqual([])
  }
)

test('every exception is needed', () => {
  const paths = new Set([...lostOf.values()].flat().map(({ path }) => path))
  expect(Object.keys(SHOWN_OTHERWISE).filter((path) => !paths.has(path))).toEqual([])
})
