import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { unzipSync } from 'fflate'
import { ROOT } from '../../runner/environment.ts'
import {
  assetDifferences,
  assetsOf,
  CHECKSUMS,
  FUNCTIONS,
  writeAssets
} from '../../scripts/release/assets.ts'
import {
  changelogSection,
  readFacts,
  readManifest,
  versionOfTag
} from '../../scripts/release/facts.ts'
import { prepare, withRepository } from '../../scripts/release/prepare.ts'
import { zipOf } from '../../scripts/release/zip.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'release-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const write = (path: string, text: string): void => {
  mkdirSync(join(folder, path, '..'), { recursive: true })
  writeFileSync(join(folder, path), text)
}
const read = (path: string): string => readFileSync(join(folder, path), 'utf8')

/** A checkout of a released version. */
function checkout(version = '1.2.3', repository = 'acme/ecs-gated-deploy'): void {
  const manifest = { name: 'ecs-gated-deploy', version, repository: `github:${repository}` }
  write('package.json', `${JSON.stringify(manifest, undefined, 2)}\n`)
  const lock = { name: 'x', version, packages: { '': { version }, other: { version: '9.9.9' } } }
  write('package-lock.json', `${JSON.stringify(lock, undefined, 2)}\n`)
  write('src/release/version.ts', `export const VERSION = '${version}'\n`)
  write('CHANGELOG.md', `# Changelog\n\n## Unreleased\n\n## ${version} (2026-12-01)\n\n- Mended.\n`)
}

describe('what a release is', () => {
  test.each([
    ['v1.2.3', '1.2.3'],
    ['v0.1.0', '0.1.0'],
    ['v1.2.3-rc.1', '1.2.3-rc.1'],
    ['v1.2', undefined],
    ['v1', undefined],
    ['1.2.3', undefined],
    ['v01.2.3', undefined],
    ['v1.2.3+x', undefined]
  ])('of the tag %s', (tag, version) => {
    expect(versionOfTag(tag)).toBe(version)
  })

  test('is taken where tag, package.json, source, changelog and repository agree', () => {
    checkout()
    const found = readFacts(folder, { tag: 'v1.2.3', runsIn: 'acme/ecs-gated-deploy' })
    expect(found).toEqual({
      facts: { version: '1.2.3', repository: 'acme/ecs-gated-deploy', notes: '- Mended.' },
      problems: [],
      open: []
    })
  })

  const problemsOf = (tag: string, runsIn = 'acme/ecs-gated-deploy'): string[] =>
    readFacts(folder, { tag, runsIn }).problems

  test('is refused with everything in which they do not', () => {
    checkout('1.2.4', 'org/ecs-gated-deploy')
    write('src/release/version.ts', "export const VERSION = '1.2.3'\n")
    write('CHANGELOG.md', '# Changelog\n\n## Unreleased\n\n- New.\n')
    expect(problemsOf('v1.2.3')).toEqual([
      expect.stringMatching(/^the tag is v1\.2\.3, package\.json says 1\.2\.4: /),
      expect.stringMatching(/^src\/release\/version\.ts does not say 1\.2\.4/),
      'CHANGELOG.md has no section `## 1.2.4 (DATE)`',
      'package.json: `repository` is still org/ecs-gated-deploy, a placeholder',
      'this is acme/ecs-gated-deploy, package.json and the pages say org/ecs-gated-deploy'
    ])
  })

  test('is refused without a word in the changelog, and where the version is none', () => {
    checkout('1.2.3')
    write('CHANGELOG.md', '## 1.2.3 (2026-12-01)\n\n## 1.2.2 (2026-11-01)\n\n- Old.\n')
    expect(problemsOf('v1.2.3')).toEqual(['CHANGELOG.md says nothing under 1.2.3'])
    checkout('1.2')
    expect(problemsOf('v1.2')).toContain('package.json: 1.2 is no version such as 1.2.3')
  })

  test("is without a tag what will be, with the changelog's newest", () => {
    const { facts, problems, open } = readFacts(ROOT, { tag: undefined, runsIn: undefined })
    expect(problems).toEqual([])
    expect(facts.version).toBe(readManifest(ROOT).version)
    expect(facts.notes.length).toBeGreaterThan(100)
    expect(open.every((each) => /CHANGELOG|repository/.test(each))).toBe(true)
  })

  test('a section ends where the next one begins', () => {
    const text = '# C\n\n## Unreleased\n\n### New\n- a\n\n## 1.1.0 (2026-01-01)\n\n- b\n'
    expect(changelogSection(text, 'Unreleased')).toBe('### New\n- a')
    expect(changelogSection(text, '1.1.0')).toBe('- b')
    expect(changelogSection(text, '1.1')).toBeUndefined()
  })
})

describe('prepare', () => {
  const OPEN =
    '# Changelog\n\nWhat changed. No release has been made yet.\n\n## Unreleased\n\n- New.\n'
  const OWN = { version: '1.0.0', repository: 'acme/gated', date: '2026-12-01' }

  beforeEach(() => {
    checkout('0.1.0', 'org/ecs-gated-deploy')
    write('CHANGELOG.md', OPEN)
    write('docs/a.md', 'uses: org/ecs-gated-deploy@v1, https://github.com/org/ecs-gated-deploy\n')
    write('docs/b.md', 'org/ecs-gated-deploy-too and my-org/ecs-gated-deploy are others\n')
    write('dist/index.json', '"org/ecs-gated-deploy"')
    execFileSync('git', ['init', '-q'], { cwd: folder })
    execFileSync('git', ['add', '.'], { cwd: folder })
  })

  test('writes version, changelog and repository wherever they stand', () => {
    expect(prepare(folder, OWN)).toEqual([
      'CHANGELOG.md',
      'docs/a.md',
      'package-lock.json',
      'package.json',
      'src/release/version.ts'
    ])
    expect(read('docs/a.md')).toBe('uses: acme/gated@v1, https://github.com/acme/gated\n')
    expect(read('CHANGELOG.md')).toBe(
      '# Changelog\n\nWhat changed.\n\n## Unreleased\n\n## 1.0.0 (2026-12-01)\n\n- New.\n'
    )
    expect(JSON.parse(read('package-lock.json'))).toMatchObject({
      version: '1.0.0',
      packages: { '': { version: '1.0.0' }, other: { version: '9.9.9' } }
    })
    expect(readFacts(folder, { tag: 'v1.0.0', runsIn: 'acme/gated' }).problems).toEqual([])
  })

  test.each([
    [{ ...OWN, version: '1.0' }, 'wanted a version such as 1.2.3'],
    [{ ...OWN, repository: 'acme' }, 'wanted a repository as OWNER/NAME']
  ])('refuses %j, and writes nothing', (asked, words) => {
    expect(() => prepare(folder, asked)).toThrow(words)
    expect(read('CHANGELOG.md')).toBe(OPEN)
  })

  test('refuses a release of nothing, and one that was', () => {
    write('CHANGELOG.md', '## Unreleased\n\n## 1.0.0 (2026-01-01)\n\n- a\n')
    expect(() => prepare(folder, OWN)).toThrow('nothing under `## Unreleased`')
    write('CHANGELOG.md', '## Unreleased\n\n- b\n\n## 1.0.0 (2026-01-01)\n\n- a\n')
    expect(() => prepare(folder, OWN)).toThrow('has a section of 1.0.0 already')
  })

  test('leaves alone what only begins or ends like the repository', () => {
    const others = 'org/x-too my-org/x org/x_y'
    expect(withRepository(`${others} org/x@v1 org/x. "org/x/blob"`, 'org/x', 'a/b')).toBe(
      `${others} a/b@v1 a/b. "a/b/blob"`
    )
  })

  test("the pages and the examples name no owner but package.json's", () => {
    const { repository } = readManifest(ROOT)
    const pages = execFileSync(
      'git',
      [
        'grep',
        '-hoE',
        '(uses: |github.com/)[A-Za-z0-9_-]+/ecs-gated-deploy',
        '--',
        '*.md',
        '*.yml'
      ],
      { cwd: ROOT, encoding: 'utf8' }
    )
    const named = pages
      .trim()
      .split('\n')
      .map((each) => each.replace(/^(?:uses: |github\.com\/)/, ''))
    expect(named.length).toBeGreaterThan(10)
    expect(new Set(named)).toEqual(new Set([repository]))
  })
})

describe('the assets', () => {
  const assets = assetsOf(ROOT, join(ROOT, 'dist'))
  const of = (name: string): Buffer => assets.get(name) ?? Buffer.alloc(0)

  test('are code, templates, schemas, materials and checksums', () => {
    expect([...assets.keys()]).toEqual(
      expect.arrayContaining([
        ...['gate.zip', 'gate-cli.zip', 'gate.yaml', 'policies.yaml', 'vpc.yaml', 'ci.yaml'],
        ...['gate-policy.schema.json', 'report.schema.json', 'verification.schema.json'],
        ...['sbom.cdx.json', CHECKSUMS]
      ])
    )
  })

  test('gate.zip holds each function as the checkout does, where the templates look for it', () => {
    const files = unzipSync(of('gate.zip'))
    const handlers = [
      ...readFileSync(join(ROOT, 'infra/gate.yaml'), 'utf8').matchAll(/Handler: (\S+)\.handler/g)
    ]
    expect(handlers.length).toBeGreaterThan(3)
    for (const [, path = ''] of handlers) {
      const file = `${path}.js`
      expect(Buffer.from(files[file] ?? [])).toEqual(readFileSync(join(ROOT, 'dist/gate', file)))
    }
    expect(new Set(Object.keys(files).map((name) => name.split('/')[0]))).toEqual(
      new Set(FUNCTIONS)
    )
  })

  test("are unpacked by other people's zip, readable by all", () => {
    writeAssets(folder, assets)
    const script =
      "import zipfile; z=zipfile.ZipFile('gate.zip'); assert z.testzip() is None; print({oct(i.external_attr>>16) for i in z.infolist()}, {i.date_time for i in z.infolist()})"
    const said = execFileSync('python3', ['-c', script], { cwd: folder, encoding: 'utf8' })
    expect(said).toBe("{'0o100644'} {(1980, 1, 1, 0, 0, 0)}\n")
  })

  test('are the same bytes in another time zone, and built again', () => {
    const script = `import { zipOf } from './scripts/release/zip.ts'
      import { createHash } from 'node:crypto'
      const zip = zipOf([{ path: 'dist/gate/cli', name: 'gate-cli' }])
      process.stdout.write(createHash('sha256').update(zip).digest('hex'))`
    const digestIn = (TZ: string): string =>
      execFileSync(process.execPath, ['--input-type=module', '-e', script], {
        cwd: ROOT,
        env: { ...process.env, TZ },
        encoding: 'utf8'
      })
    const here = digestIn('UTC')
    expect([digestIn('Asia/Seoul'), digestIn('America/Los_Angeles')]).toEqual([here, here])
    expect(assetDifferences(assets, assetsOf(ROOT, join(ROOT, 'dist')))).toEqual([])
  })

  test('would be seen to differ', () => {
    const other = new Map([...assets, ['gate.yaml', Buffer.from('x')] as const])
    other.delete('vpc.yaml')
    expect(assetDifferences(assets, other)).toEqual([
      'gate.yaml: the two builds differ',
      'vpc.yaml: built only once of two times'
    ])
  })

  test('are all among the checksums, in the form that sha256sum takes', () => {
    writeAssets(folder, assets)
    const said = execFileSync('sha256sum', ['--check', '--strict', CHECKSUMS], {
      cwd: folder,
      encoding: 'utf8'
    })
    const names = [...assets.keys()].filter((name) => name !== CHECKSUMS)
    expect(said.trim().split('\n').toSorted()).toEqual(
      names.map((name) => `${name}: OK`).toSorted()
    )
  })

  test('the materials name every package whose code is bundled, in its version, and no time', () => {
    const bom = JSON.parse(of('sbom.cdx.json').toString()) as {
      bomFormat: string
      serialNumber?: string
      metadata: { timestamp?: string; component: { name: string } }
      components: { name: string; version: string }[]
    }
    expect(bom).toMatchObject({
      bomFormat: 'CycloneDX',
      metadata: { component: { name: 'ecs-gated-deploy' } }
    })
    expect([bom.serialNumber, bom.metadata.timestamp]).toEqual([undefined, undefined])
    const known = new Set(bom.components.map(({ name, version }) => `${name} ${version}`))
    const bundled = [
      'dist',
      ...FUNCTIONS.map((name) => `dist/gate/${name}`),
      'dist/gate/cli'
    ].flatMap((path) =>
      [
        ...readFileSync(join(ROOT, path, 'licenses.txt'), 'utf8').matchAll(
          /^(\S+ \d+\.\d+\.\d\S*) \(/gm
        )
      ].map(([, name = '']) => name)
    )
    expect(bundled.length).toBeGreaterThan(50)
    expect(bundled.filter((name) => !known.has(name))).toEqual([])
    expect([...known].filter((each) => each.startsWith('jest '))).toEqual([])
    expect([...known].filter((each) => each.startsWith('node-linux-'))).toEqual([])
  })

  test('a zip has its folders in the order of their names', () => {
    write('b/x.js', '1')
    write('a/y.js', '2')
    const zip = zipOf(['b', 'a'].map((name) => ({ path: join(folder, name), name })))
    expect(Object.keys(unzipSync(zip))).toEqual(['a/y.js', 'b/x.js'])
  })
})

describe('publish and move run without a package', () => {
  /** A checkout without node_modules, and a gh that notes what it is asked. */
  function run(args: readonly string[], releases: object[] = []): { said: string; asked: string } {
    checkout()
    cpSync(join(ROOT, 'scripts'), join(folder, 'scripts'), { recursive: true })
    write('assets/gate.zip', 'x')
    write('releases.json', JSON.stringify(releases))
    write(
      'bin/gh',
      `#!/bin/sh
echo "$@" >> "$GH_LOG"
case "$*" in
  "release list"*) cat "$GH_RELEASES" ;;
  *matching-refs*) echo '[{"ref": "refs/tags/v1.2", "object": {"sha": "old"}}]' ;;
  *commits*) echo new ;;
esac
`
    )
    chmodSync(join(folder, 'bin/gh'), 0o755)
    const env = {
      PATH: `${join(folder, 'bin')}:${process.env['PATH']}`,
      GH_LOG: join(folder, 'asked'),
      GH_RELEASES: join(folder, 'releases.json'),
      GITHUB_REPOSITORY: 'acme/ecs-gated-deploy'
    }
    const said = execFileSync(process.execPath, ['scripts/release.ts', ...args], {
      cwd: folder,
      env,
      encoding: 'utf8',
      stdio: 'pipe'
    })
    return { said, asked: read('asked') }
  }

  test('publish', () => {
    const { said, asked } = run(['publish', '--tag', 'v1.2.3', '--from', 'assets'])
    expect(said).toContain('v1.2.3 of acme/ecs-gated-deploy is published')
    expect(asked.split('\n').map((line) => line.split(' ').slice(0, 3).join(' '))).toEqual([
      'release list --json',
      'release create v1.2.3',
      'release upload v1.2.3',
      'release edit v1.2.3',
      ''
    ])
    expect(asked).toContain('release upload v1.2.3 assets/gate.zip --repo acme/ecs-gated-deploy')
  })

  test('move', () => {
    const { said, asked } = run(['move', '--to', 'v1.2.3'], [{ tagName: 'v1.2.3', isDraft: false }])
    expect(said).toBe('v1: new -> new\nv1.2: old -> new\n')
    expect(asked).toContain(
      'api -X POST repos/acme/ecs-gated-deploy/git/refs -f ref=refs/tags/v1 -f sha=new'
    )
  })

  test('what they are given is judged before gh is asked anything', () => {
    expect(() => run(['publish', '--tag', 'v1.2.4', '--from', 'assets'])).toThrow(
      /the tag is v1\.2\.4, package\.json says 1\.2\.3/
    )
    expect(() => run(['publish', '--from', 'assets'])).toThrow(/--tag is required/)
    expect(() => run(['move', '--to', 'v1'])).toThrow(
      /wanted the tag of a release such as v1\.2\.3/
    )
    expect(() => run(['retract'])).toThrow(/wanted prepare, build, publish, move or --dry-run/)
    expect(() => read('asked')).toThrow(/ENOENT/)
  })
})
