// Makes a release, from the checkout to the page of the release:
//   node scripts/release.ts prepare VERSION [--repository OWNER/NAME]
//   node scripts/release.ts build [--tag vX.Y.Z] [--out FOLDER]
//   node scripts/release.ts publish --tag vX.Y.Z --from FOLDER
//   node scripts/release.ts move --to vX.Y.Z
//   node scripts/release.ts --dry-run      everything but what reaches GitHub
// CONTRIBUTING.md says in which order. Exit code: 0, or 1 with everything that speaks against it.
import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Assets } from './release/assets.ts'
import { readFacts } from './release/facts.ts'
import { moveTags } from './release/move-tags.ts'
import { prepare } from './release/prepare.ts'
import { publish, type Gh } from './release/publish.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const runsIn = process.env.GITHUB_REPOSITORY

const OPTIONS = {
  'dry-run': { type: 'boolean' },
  from: { type: 'string' },
  out: { type: 'string' },
  repository: { type: 'string' },
  tag: { type: 'string' },
  to: { type: 'string' }
} as const

const gh: Gh = (args) =>
  new Promise((resolve, reject) => {
    execFile('gh', [...args], { maxBuffer: 16 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (error) reject(new Error(`gh ${args.join(' ')}: ${stderr || error.message}`))
      else resolve(stdout)
    })
  })

/** Says what gh would be asked to do, and answers as a repository without releases. */
const said: Gh = (args) => {
  console.log(`  gh ${args.join(' ')}`)
  return Promise.resolve('[]')
}

/**
 * The assets, built two times: from a `dist/` that is built from the source now, and from the one
 * that stands in the checkout, which is what runs in people's workflows.
 */
async function built(): Promise<{ assets: Assets; problems: string[] }> {
  // `publish` and `move` have a token that writes, so they run without any package: nothing is
  // installed beside them, and this is loaded only here.
  const [{ build }, { distProblems }, { assetDifferences, assetsOf }] = await Promise.all([
    import('./build.ts'),
    import('./check-dist.ts'),
    import('./release/assets.ts')
  ])
  const anew = mkdtempSync(join(tmpdir(), 'release-'))
  try {
    await build(anew)
    const problems = distProblems(anew)
    const assets = assetsOf(root, anew)
    if (problems.length > 0) return { assets, problems }
    return { assets, problems: assetDifferences(assets, assetsOf(root, join(root, 'dist'))) }
  } finally {
    rmSync(anew, { recursive: true, force: true })
  }
}

async function dryRun(): Promise<string[]> {
  const { facts, problems, open } = readFacts(root, { tag: undefined, runsIn })
  const { assets, problems: ofBuild } = await built()
  console.log(`v${facts.version} of ${facts.repository} would have ${assets.size} assets:`)
  for (const [name, bytes] of assets) console.log(`  ${name}: ${bytes.length} bytes`)
  console.log('and would be published by:')
  const notes = facts.notes === '' ? ['CHANGELOG.md has nothing to say of it'] : []
  await publish(said, { facts, assets: [...assets.keys()], notes: 'notes.md' })
  for (const each of open) console.log(`to do by \`prepare\`: ${each}`)
  return [...problems, ...ofBuild, ...notes]
}

function needed(value: string | undefined, name: string): string {
  if (value === undefined || value === '') throw new Error(`--${name} is required`)
  return value
}

/** Runs one command. Returns what speaks against it; errors: what it was given, those of gh. */
async function run(args: readonly string[]): Promise<readonly string[]> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: OPTIONS,
    allowPositionals: true
  })
  const [command, version = ''] = positionals
  if (values['dry-run'] === true) return dryRun()
  switch (command) {
    case 'prepare': {
      const date = new Date().toISOString().slice(0, 10)
      const changed = prepare(root, { version, repository: values.repository, date })
      console.log(`changed: ${changed.join(', ')}`)
      console.log(`now: npm run build && npm run docs && npm test, commit, tag it as v${version}`)
      return []
    }
    case 'build': {
      const { problems } = readFacts(root, { tag: values.tag, runsIn })
      if (problems.length > 0) return problems
      const { assets, problems: ofBuild } = await built()
      if (ofBuild.length > 0) return ofBuild
      const { writeAssets } = await import('./release/assets.ts')
      writeAssets(values.out ?? 'release', assets)
      return []
    }
    case 'publish': {
      const from = needed(values.from, 'from')
      const { facts, problems } = readFacts(root, { tag: needed(values.tag, 'tag'), runsIn })
      if (problems.length > 0) return problems
      const notes = join(mkdtempSync(join(tmpdir(), 'notes-')), 'notes.md')
      writeFileSync(notes, `${facts.notes}\n`)
      const assets = readdirSync(from).map((name) => join(from, name))
      await publish(gh, { facts, assets, notes })
      console.log(`v${facts.version} of ${facts.repository} is published`)
      return []
    }
    case 'move': {
      const repository = needed(runsIn ?? values.repository, 'repository')
      for (const { tag, from, to } of await moveTags(gh, repository, needed(values.to, 'to'))) {
        console.log(`${tag}: ${from ?? 'new'} -> ${to}`)
      }
      return []
    }
    default:
      return [`wanted prepare, build, publish, move or --dry-run, found ${command ?? 'nothing'}`]
  }
}

const problems = await run(process.argv.slice(2)).catch((error: unknown) => [
  error instanceof Error ? error.message : String(error)
])
for (const problem of problems) {
  console.error(problem)
  process.exitCode = 1
}
