import { createRequire } from 'node:module'

/**
 * HCL's own parser. The types of its package bring those of a browser along, which would then hold
 * for the whole project, so what is used of it is described here.
 */
interface Hcl {
  /** The blocks of a file in the form of Terraform's JSON syntax. Errors: the parser's. */
  readonly parse: (fileName: string, contents: string) => Promise<Record<string, unknown>>
  /** What the parser makes of an expression; null if it is empty. */
  readonly getExpressionAst: (fileName: string, expression: string) => Promise<unknown>
}

export const { parse, getExpressionAst } = createRequire(import.meta.url)('@cdktf/hcl2json') as Hcl
