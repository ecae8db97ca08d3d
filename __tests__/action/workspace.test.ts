import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openFiles } from '../../src/action/workspace.ts'

let folder: string
let workspace: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'files-'))
  workspace = join(folder, 'workspace')
  await mkdir(join(workspace, 'release'), { recursive: true })
  await writeFile(join(folder, 'secret.yml'), 'of the machine')
  await writeFile(join(workspace, 'release/own.yml'), 'of the repository')
  await writeFile(join(workspace, '..own.yml'), 'with an odd name')
  await writeFile(join(workspace, 'release/latin1.yml'), Buffer.from('a: b\nc: é\n', 'latin1'))
  await symlink('circle.yml', join(workspace, 'circle.yml'))
  await symlink(join(folder, 'secret.yml'), join(workspace, 'release/link.yml'))
  await symlink(folder, join(workspace, 'up'))
  await symlink(join(workspace, 'release'), join(workspace, 'there'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const files = (): ReturnType<typeof openFiles> => openFiles({ GITHUB_WORKSPACE: workspace })

describe('a file of the workspace', () => {
  test.each([
    ['release/own.yml', 'of the repository'],
    ['there/own.yml', 'of the repository'],
    ['..own.yml', 'with an odd name']
  ])('%s is read', async (path, text) => {
    expect(await files().inWorkspace(path)).toBe(text)
  })

  test('is read through a workspace that is a link itself', async () => {
    const link = join(folder, 'checkout')
    await symlink(workspace, link)
    expect(await openFiles({ GITHUB_WORKSPACE: link }).inWorkspace('release/own.yml')).toBe(
      'of the repository'
    )
  })

  test.each(['release/link.yml', 'up/secret.yml', '../secret.yml', '/etc/hostname'])(
    '%s leads out of it',
    async (path) => {
      await expect(files().inWorkspace(path)).rejects.toThrow('it leads out of the workspace')
    }
  )
})

test('any other file may be anywhere', async () => {
  expect(await files().anywhere(join(folder, 'secret.yml'))).toBe('of the machine')
  expect(await files().anywhere('release/own.yml')).toBe('of the repository')
})

describe.each(['anywhere', 'inWorkspace'] as const)('a file that cannot be read %s', (reader) => {
  test.each([
    ['none.yml', 'there is no such file'],
    ['release/own.yml/none.yml', 'a part of the path is a file, not a folder'],
    ['release', 'it is a folder'],
    ['circle.yml', 'its links lead round in a circle'],
    [`${'x'.repeat(300)}.yml`, 'the name is too long for a file']
  ])('%s: the reason is said, and no path of the runner', async (path, reason) => {
    await expect(files()[reader](path)).rejects.toMatchObject({ message: reason })
  })

  test('because of its encoding is named as it was written', async () => {
    await expect(files()[reader]('./release/latin1.yml')).rejects.toThrow(
      /^\.\/release\/latin1\.yml:2:4: the file is not in UTF-8, .*ISO-8859-1/
    )
  })
})
