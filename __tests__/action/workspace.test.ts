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

  test('that is not there is said to be so', async () => {
    await expect(files().inWorkspace('none.yml')).rejects.toThrow(/ENOENT/)
  })
})

test('any other file may be anywhere', async () => {
  expect(await files().anywhere(join(folder, 'secret.yml'))).toBe('of the machine')
  expect(await files().anywhere('release/own.yml')).toBe('of the repository')
})
