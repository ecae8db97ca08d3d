import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from '@cdktf/hcl2json'

/** The modules in infra/terraform/. */
export const MODULES = readdirSync('infra/terraform', { withFileTypes: true })
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
}

export function filesOf(module: string): string[] {
  const folder = join('infra/terraform', module)
  return readdirSync(folder)
    .filter((name) => name.endsWith('.tf'))
    .toSorted()
    .map((name) => join(folder, name))
}

/** All files of a module as one. */
export async function readModule(module: string): Promise<Module> {
  const merged: Record<string, unknown> = {}
  for (const file of filesOf(module)) merge(merged, await parse(file, readFileSync(file, 'utf8')))
  return merged as Module
}

function merge(into: Record<string, unknown>, from: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(from)) {
    const there = into[name]
    if (there === undefined) into[name] = value
    else if (Array.isArray(there) && Array.isArray(value)) into[name] = [...there, ...value]
    else merge(there as Record<string, unknown>, value as Readonly<Record<string, unknown>>)
  }
}
