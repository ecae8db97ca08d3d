import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'builtin-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** The bundler takes no functions of another realm, which is where jest runs a suite. */
const BUILD = `
  import { build } from 'rolldown'
  import { builtinModules } from './scripts/builtin-modules.ts'
  const [input, dir] = process.argv.slice(1)
  const output = { dir, entryFileNames: '[name].mjs' }
  await build({ input, platform: 'node', plugins: [builtinModules], output })
`

/** What a module prints as JSON, once it has been bundled. */
function printed(source: string): unknown {
  const input = join(folder, 'entry.mjs')
  writeFileSync(input, source)
  const out = join(folder, 'out')
  execFileSync(process.execPath, ['--input-type=module', '--eval', BUILD, input, out])
  return JSON.parse(execFileSync(process.execPath, [join(out, 'entry.mjs')]).toString())
}

describe('builtinModules', () => {
  it('hands a bundle the modules of Node, however it imports them', () => {
    expect(
      printed(`
        import fs, { readFileSync } from 'fs'
        import * as http from 'node:http'
        const later = await import('node:http')
        const same = [fs.readFileSync === readFileSync, later.request === http.request]
        console.log(JSON.stringify([...same, later.default.request === http.request]))
      `)
    ).toEqual([true, true, true])
  })

  it('loads nothing of them that the bundle does not use', () => {
    expect(
      printed(`
        import { request } from 'node:http'
        const { Agent } = await import('node:http')
        const loaded = process.moduleLoadList.filter((name) => name.includes('undici'))
        console.log(JSON.stringify([typeof request, typeof Agent, loaded]))
      `)
    ).toEqual(['function', 'function', []])
  })
})
