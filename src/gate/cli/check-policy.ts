import { PolicyError, parsePolicy } from '../policy/parse.ts'

/**
 * All problems of a policy document, as the gate's functions would tell them, each with file, line
 * and column; empty if there is none. Errors: those that are not the document's.
 */
export async function policyProblems(text: string, path: string): Promise<readonly string[]> {
  try {
    await parsePolicy(text, path)
    return []
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error
    const places = await placesIn(text)
    return error.problems.map((problem) =>
      // A document that is no YAML or JSON has no members; its problems name their place themselves.
      problem.startsWith(`${path}:`) ? problem : `${path}:${places(problem)}: ${problem}`
    )
  }
}

/** Returns where the member stands that a problem begins with, or the nearest one around it. */
async function placesIn(text: string): Promise<(problem: string) => string> {
  const yaml = await import('yaml')
  const lines = new yaml.LineCounter()
  const document = yaml.parseDocument(text, { lineCounter: lines, merge: true, logLevel: 'silent' })
  const places = new Map<string, number>()
  walk(document.contents, '', 0)
  return (problem) => {
    const known = [...places.keys()].filter((path) => isAt(problem.toLowerCase(), path))
    const nearest = known.toSorted((a, b) => b.length - a.length)[0]
    const { line, col } = lines.linePos(places.get(nearest ?? '') ?? 0)
    return `${Math.max(line, 1)}:${Math.max(col, 1)}`
  }

  function walk(node: unknown, path: string, offset: number): void {
    places.set(path.toLowerCase(), offset)
    if (yaml.isMap(node)) {
      for (const { key, value } of node.items) {
        const name = yaml.isScalar(key) ? String(key.value) : ''
        const at = (yaml.isNode(key) && key.range?.[0]) || offset
        walk(value, path === '' ? name : `${path}.${name}`, at)
      }
    } else if (yaml.isSeq(node)) {
      for (const [index, item] of node.items.entries()) {
        walk(item, `${path}[${index}]`, (yaml.isNode(item) && item.range?.[0]) || offset)
      }
    }
  }
}

function isAt(problem: string, path: string): boolean {
  return path !== '' && problem.startsWith(path) && /^(?:: |[.[])/.test(problem.slice(path.length))
}
