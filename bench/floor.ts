import { Agent, request } from 'node:http'

const agent = new Agent({ keepAlive: true })

/**
 * What no callback can do without: so many requests one after the other, to
 * the ledger and, the last one, to Slack. Here with nothing in them.
 */
export async function handler(event: {
  readonly queryStringParameters: { readonly calls: string }
}): Promise<{ readonly statusCode: number; readonly body: string }> {
  const calls = Number(event.queryStringParameters.calls)
  for (let count = 1; count < calls; count++) await ask(process.env['LEDGER_URL'])
  await ask(process.env['SLACK_URL'])
  return { statusCode: 200, body: '' }
}

function ask(url = ''): Promise<void> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { agent, method: 'POST' }, (answer) => {
      answer.resume()
      answer.on('end', resolve)
    })
    asked.on('error', reject)
    asked.end()
  })
}
