import { execFileSync } from 'node:child_process'

/**
 * The software bill of materials (CycloneDX) of what the bundles are made from, as npm reads it from
 * the lock file. npm's own `--omit=dev` leaves out what a package of development needs as well as
 * one of ours (npm 11.19.1), so the rest is left out here by npm's marks. Left out too is what would
 * make each one another: serial number, time, and the name of the checkout's folder, for which npm
 * takes the component's.
 */
export function sbomOf(root: string, name: string): string {
  const options = ['--sbom-format=cyclonedx', '--package-lock-only']
  const text = execFileSync('npm', ['sbom', ...options], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 64 * 1024 * 1024,
    shell: process.platform === 'win32'
  })
  const { serialNumber: _, ...bom } = JSON.parse(text) as Bom
  const { timestamp: __, component, ...metadata } = bom.metadata
  const components = bom.components.filter(isBundled)
  const kept = new Set([component, ...components].map((each) => each['bom-ref']))
  const dependencies = bom.dependencies
    .filter(({ ref }) => kept.has(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((each) => kept.has(each)) }))
  const whole = {
    ...bom,
    metadata: { ...metadata, component: { ...component, name } },
    components,
    dependencies
  }
  return `${JSON.stringify(whole, undefined, 2)}\n`
}

/** Neither of development, nor a Node for those who develop, which package.json has as optional. */
function isBundled({ name, properties }: Component): boolean {
  return (
    !/^node-linux-/.test(name) &&
    properties.every((property) => property.name !== 'cdx:npm:package:development')
  )
}

interface Component {
  readonly 'bom-ref': string
  readonly name: string
  readonly properties: readonly { readonly name: string }[]
}

interface Bom {
  readonly serialNumber?: string
  readonly metadata: { readonly timestamp?: string; readonly component: Component }
  readonly components: readonly Component[]
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[]
}
