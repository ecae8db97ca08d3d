import { request } from 'node:http'
import type { Endpoint, ProbeResult } from './runtime.ts'

/**
 * One HTTP health check on a connection of its own, as a load balancer node
 * makes it. The timeout is real time: a process does not run faster because
 * the emulated clock does.
 */
export async function probeHttp(
  endpoint: Endpoint,
  path: string,
  timeoutMs: number
): Promise<ProbeResult> {
  return new Promise((resolve) => {
    const check = request({
      host: endpoint.host,
      port: endpoint.port,
      path,
      agent: false,
      headers: { 'user-agent': 'ELB-HealthChecker/2.0' },
      signal: AbortSignal.timeout(timeoutMs)
    })
    check.on('response', (answer) => {
      answer.resume()
      resolve(answer.statusCode ?? 'refused')
    })
    check.on('error', (error) => resolve(error.name === 'AbortError' ? 'timeout' : 'refused'))
    check.end()
  })
}
