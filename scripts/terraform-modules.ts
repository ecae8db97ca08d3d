import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from './hcl.ts'

const FOLDER = fileURLToPath(new URL('../infra/terraform', import.meta.url))

/** The modules in infra/terraform/. */
export const MODULES = readdirSync(FOLDER, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .toSorted()

/** A body of HCL in the form of Terraform's JSON syntax: expressions are texts within `${}`. */
export type Body = Readonly<Record<string, unknown>>

/** What blocks of a kind with two labels hold: by type, by name, a body each. */
export type Labelled = Readonly<Record<string, Readonly<Record<string, readonly Body[]>>>>

export interface Module {
  readonly terraform?: readonly Body[]
  readonly variable?: Readonly<Record<string, readonly Body[]>>
  readonly output?: Readonly<Record<string, readonly Body[]>>
  readonly locals?: readonly Body[]
  readonly resource?: Labelled
  readonly data?: Labelled
  /** Modules that it uses. */
  readonly module?: Readonly<Record<string, readonly Body[]>>
}

export function filesOf(module: string): string[] {
  const folder = join(FOLDER, module)
  return readdirSync(folder)
    .filter((name) => name.endsWith('.tf'))
    .toSorted()
    .map((name) => join(folder, name))
}

/** All files of a module as one. */
export async function readModule(module: string): Promise<Module> {
  const merged: Record<string, unknown> = {}
  for (const file of filesOf(module)) merge(merged, await parse(file, readFileSync(file, 'utf8')))
  return merged
}

/** HCL that stands in no file. */
export async function readText(text: string): Promise<Module> {
  return await parse('text.tf', text)
}

function merge(into: Record<string, unknown>, from: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(from)) {
    const there = into[name]
    if (there === undefined) into[name] = value
    else if (Array.isArray(there) && Array.isArray(value))
      into[name] = [...(there as unknown[]), ...(value as unknown[])]
    else merge(there as Record<string, unknown>, value as Readonly<Record<string, unknown>>)
  }
}

/** A plain value as a text; anything else is a mistake of the caller's. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return `${value}`
  throw new Error(`${JSON.stringify(value)} is not a text`)
}
