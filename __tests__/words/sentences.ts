import { readFileSync, readdirSync } from 'node:fs'
import ts from 'typescript'

/** One sentence of `say`: the key that the catalogue has it under, and where it stands. */
export interface Sentence {
  readonly english: string
  readonly where: string
}

/** Every sentence that the sources say, found by the compiler's own parser. */
export function sentencesOf(folder: string): readonly Sentence[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .flatMap((name) => sentencesIn(`${folder}/${name}`, readFileSync(`${folder}/${name}`, 'utf8')))
}

export function sentencesIn(file: string, code: string): readonly Sentence[] {
  const source = ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true)
  const found: Sentence[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isTaggedTemplateExpression(node) && node.tag.getText() === 'say') {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart())
      found.push({ english: keyOf(node.template), where: `${file}:${line + 1}` })
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

function keyOf(template: ts.TemplateLiteral): string {
  if (ts.isNoSubstitutionTemplateLiteral(template)) return template.text
  const spans = template.templateSpans.map(({ literal }, place) => `{${place}}${literal.text}`)
  return template.head.text + spans.join('')
}
