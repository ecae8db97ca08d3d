import { spawnSync } from 'node:child_process'
import { parseObject } from './client.ts'
import type { Answer, Client, Request } from './client.ts'
import { pythonLines } from './python-lines.ts'

/** Whether there is one that AWS_ENDPOINT_URL keeps on this machine: since 1.28. */
export function hasBoto3(): boolean {
  const program = 'import boto3; print(boto3.__version__)'
  const { stdout } = spawnSync('python3', ['-c', program], { encoding: 'utf8' })
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(stdout) ?? []
  return Number(major) > 1 || Number(minor) >= 28
}

export interface Boto3 extends Client {
  /** Waits as `get_waiter` does, in the emulator's time; refused: in the words of WaiterError. */
  wait(service: string, waiter: string, input: Request['input']): Promise<Answer>
  /** All that a paginator finds, and in how many pages. */
  paginate(
    service: string,
    operation: string,
    input: Request['input']
  ): Promise<Answer & { readonly pages: number }>
  /** What botocore's model says of a service. */
  about(
    service: string,
    operations: readonly string[]
  ): Promise<{ readonly protocol: unknown; readonly paged: unknown }>
}

/** One Python process for all calls. */
export function boto3(environment: Readonly<Record<string, string>>): Boto3 {
  const python = pythonLines('boto3_client.py', environment)

  async function ask(request: object): Promise<Answer & { readonly pages: number }> {
    const { output, refused, pages } = await python.ask(request)
    if (typeof refused === 'string') return { refused, pages: 0 }
    return { output: parseObject(JSON.stringify(output)), pages: Number(pages) }
  }

  async function answer(request: object): Promise<Answer> {
    const { pages: _, ...rest } = await ask(request)
    return rest
  }

  return {
    call: answer,
    wait: (service, waiter, input) => answer({ service, waiter, input }),
    paginate: (service, operation, input) => ask({ service, paginator: operation, input }),
    about: async (service, operations) => {
      const found = await answer({ service, about: operations, input: {} })
      if ('refused' in found) throw new Error(found.refused)
      return { protocol: found.output['protocol'], paged: found.output['paged'] }
    },
    close: () => python.close()
  }
}
