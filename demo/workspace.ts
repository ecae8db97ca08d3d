import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { GatedService } from '../emulator/worlds/gated-service.ts'
import { LOAD_SCRIPT, LOAD_SECTION } from './load-test.ts'
import { ROOT } from '../runner/environment.ts'

/** What a job's checkout would be. */
export interface Workspace {
  readonly folder: string
  /** Where every task of version 2 keeps its orders: a load balancer sends each request to another one. */
  readonly store: string
  remove(): Promise<void>
}

/** The examples, told where the emulated listeners are: their names are in no DNS. */
export async function makeWorkspace(
  { testUrl = '', productionUrl = '' }: GatedService,
  { load }: { readonly load: boolean }
): Promise<Workspace> {
  const folder = await mkdtemp(join(tmpdir(), 'demo-'))
  const example = (path: string): Promise<string> => readFile(join(ROOT, 'examples', path), 'utf8')
  const target = `target: { test: "${testUrl}", production: "${productionUrl}" }\n`
  await writeFile(
    join(folder, 'task-definition.json'),
    await example('service/task-definition.json')
  )
  const verification = (await example('verification.yml')) + (load ? LOAD_SECTION : '') + target
  await writeFile(join(folder, 'verification.yml'), verification)
  if (load) await writeFile(join(folder, 'load.js'), await example(LOAD_SCRIPT))
  return {
    folder,
    store: join(folder, 'orders.sqlite'),
    remove: () => rm(folder, { recursive: true, force: true })
  }
}
