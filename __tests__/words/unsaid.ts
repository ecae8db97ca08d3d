import { readFileSync, readdirSync } from 'node:fs'
import ts from 'typescript'

/** A text in the sources that reads like a sentence and is not given to `say`. */
export interface Unsaid {
  readonly text: string
  readonly where: string
}

/** Texts outside of `say` that look like a sentence for people, in the sources under these paths. */
export function unsaidIn(paths: readonly string[]): readonly Unsaid[] {
  return paths.flatMap(filesUnder).flatMap((file) => unsaidInCode(file, readFileSync(file, 'utf8')))
}

function filesUnder(path: string): readonly string[] {
  if (path.endsWith('.ts')) return [path]
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .map((name) => `${path}/${name}`)
}

export function unsaidInCode(file: string, code: string): readonly Unsaid[] {
  const source = ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true)
  const found: Unsaid[] = []
  const visit = (node: ts.Node): void => {
    // A type and the name of a module are read by no person.
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node)) return
    if (ts.isTaggedTemplateExpression(node) && node.tag.getText() === 'say') {
      // What is put into a sentence may hold texts of its own.
      if (ts.isTemplateExpression(node.template)) {
        for (const { expression } of node.template.templateSpans) visit(expression)
      }
      return
    }
    const text = textOf(node)
    if (text !== undefined && looksLikeSentence(text)) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart())
      found.push({ text, where: `${file}:${line + 1}` })
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

/** The text of a literal, with `{0}` for its first value, as `say` has it. */
function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text
  if (!ts.isTemplateExpression(node)) return undefined
  const spans = node.templateSpans.map(({ literal }, place) => `{${place}}${literal.text}`)
  return node.head.text + spans.join('')
}

/**
 * Whether the text has two words, or a word and a value, with a blank between them. A label
 * before a value is none (`ecs:StopTask: {0}`), because what is said stands in the value, nor is
 * a value with its unit. Tags of HTML are no words.
 */
export function looksLikeSentence(text: string): boolean {
  const shown = text
    .replaceAll(/<[^<>]*>/g, '')
    .replace(/^[\w:-]+: \{\d+\}$/, '')
    .replaceAll(/\{\d+\} (?:ms|UTC)\b/g, '')
  return WORD_AND_MORE.test(shown)
}

const WORD_AND_MORE =
  /[a-z]{2,}[\w'"`).,:;-]*\s+["'`(]*(?:\{\d+\}|[a-z]{2,})|\{\d+\}["'`).,:;]*\s+[a-z]{2,}/i
