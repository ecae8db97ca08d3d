import { spawnSync } from 'node:child_process'
import { parseObject } from './client.ts'
import type { Client } from './client.ts'
import { pythonLines } from './python-lines.ts'

/** Whether there is one that AWS_ENDPOINT_URL keeps on this machine: since 1.28. */
export function hasBoto3(): boolean {
  const program = 'import boto3; print(boto3.__version__)'
  const { stdout } = spawnSync('python3', ['-c', program], { encoding: 'utf8' })
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(stdout) ?? []
  return Number(major) > 1 || Number(minor) >= 28
}

/** One Python process for all calls. */
export function boto3(environment: Readonly<Record<string, string>>): Client {
  const python = pythonLines('boto3_client.py', environment)
  return {
    call: async (request) => {
      const { output, refused } = await python.ask(request)
      if (typeof refused === 'string') return { refused }
      return { output: parseObject(JSON.stringify(output)) }
    },
    close: () => python.close()
  }
}
