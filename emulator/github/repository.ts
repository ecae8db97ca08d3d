import type { Answer } from './answer.ts'
import { refuse } from './answer.ts'

/** A branch or tag. */
export interface Ref {
  readonly sha: string
  /** Whether the default branch has commits that this one has not, and whether they could be merged. */
  readonly behind?: 'mergeable' | 'conflicting'
}

export type CheckState = 'success' | 'pending' | 'failure' | 'error'

/** What a deployment depends on in a repository. */
export interface RepositoryOptions {
  /** `main` unless given. */
  readonly defaultBranch?: string
  /** By name, short (`main`, `v1.2`) or in full. */
  readonly refs?: Readonly<Record<string, Ref>>
  /** State by context, by commit. */
  readonly checks?: Readonly<Record<string, Readonly<Record<string, CheckState>>>>
}

export class Repository {
  readonly #defaultBranch: string
  readonly #refs: Map<string, Ref>
  readonly #checks: Map<string, Readonly<Record<string, CheckState>>>

  constructor({ defaultBranch = 'main', refs = {}, checks = {} }: RepositoryOptions) {
    this.#defaultBranch = defaultBranch
    this.#refs = new Map(Object.entries(refs).map(([name, ref]) => [shortName(name), ref]))
    this.#checks = new Map(Object.entries(checks))
  }

  /** The commit that a branch, a tag or a commit's own full id stands for. */
  resolve(ref: string): string | undefined {
    const named = this.#refs.get(shortName(ref))
    if (named) return named.sha
    return [...this.#refs.values()].find(({ sha }) => sha === ref)?.sha
  }

  /** Brings a branch up to date; the answer where that is all there is to a request, or goes wrong. */
  autoMerge(ref: string): Answer | undefined {
    const name = shortName(ref)
    const found = this.#refs.get(name)
    if (found?.behind === undefined) return undefined
    const base = this.#defaultBranch
    if (found.behind === 'conflicting') {
      return refuse(409, `Conflict merging ${base} into ${name}.`)
    }
    this.#refs.set(name, { sha: found.sha })
    return { status: 202, body: { message: `Auto-merged ${base} into ${name} on deployment.` } }
  }

  /** Undefined where every required context has succeeded; without a list that is every one there is. */
  checkContexts(ref: string, sha: string, required?: readonly string[]): Answer | undefined {
    const states = new Map(Object.entries(this.#checks.get(sha) ?? {}))
    const contexts = (required ?? [...states.keys()]).map((context) => ({
      context,
      state: states.get(context) ?? 'pending'
    }))
    if (contexts.every(({ state }) => state === 'success')) return undefined
    return refuse(409, `Conflict: Commit status checks failed for ${ref}.`, [
      { resource: 'Deployment', field: 'required_contexts', code: 'invalid', contexts }
    ])
  }
}

function shortName(ref: string): string {
  return ref.replace(/^(?:refs\/)?(?:heads|tags)\//, '')
}
