import { cruise, type ICruiseResult } from 'dependency-cruiser'

/** A folder of `src` as the map shows it: the first one, and below `controllers` the control plane's. */
function folderOf(path: string): string | undefined {
  return /^src\/(controllers\/[\w-]+(?=\/)|[\w-]+(?=\/|\.ts$))/.exec(path)?.[1]
}

/** Whether an arrow stands for types alone: by folder, then by the folder that it imports. */
type Arrows = ReadonlyMap<string, ReadonlyMap<string, { readonly typesOnly: boolean }>>

async function arrowsOfSource(): Promise<Arrows> {
  const { output } = await cruise(['src'], {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true
  })
  const arrows = new Map<string, Map<string, { typesOnly: boolean }>>()
  for (const { source, dependencies } of (output as ICruiseResult).modules) {
    const from = folderOf(source)
    for (const { resolved, dependencyTypes } of dependencies) {
      const to = folderOf(resolved)
      if (from === undefined || to === undefined || from === to) continue
      const targets = arrows.get(from) ?? new Map<string, { typesOnly: boolean }>()
      const typesOnly = dependencyTypes.includes('type-only')
      targets.set(to, { typesOnly: typesOnly && (targets.get(to)?.typesOnly ?? true) })
      arrows.set(from, targets)
    }
  }
  return arrows
}

/** The folders of `src` and what each imports, as a drawing in Mermaid; dotted where it is types alone. */
export async function folderMap(): Promise<string> {
  const lines = [...(await arrowsOfSource())]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([from, targets]) => {
      const names = (typesOnly: boolean): string =>
        [...targets]
          .filter(([, arrow]) => arrow.typesOnly === typesOnly)
          .map(([to]) => to)
          .toSorted()
          .join(' & ')
      return [
        ...(names(false) === '' ? [] : [`  ${from} --> ${names(false)}`]),
        ...(names(true) === '' ? [] : [`  ${from} -. types .-> ${names(true)}`])
      ]
    })
  return ['```mermaid', 'flowchart LR', ...lines, '```'].join('\n')
}
