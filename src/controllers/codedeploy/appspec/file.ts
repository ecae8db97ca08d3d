import type { AppSpecSource } from '../../../release/settings.ts'

/** Which file an AppSpec is read from, if from any. */
export interface AppSpecOrigin {
  /** Undefined: it is generated from what serves now. */
  readonly path: string | undefined
  /** Whether an input names it. */
  readonly isGiven: boolean
  /** Why it comes from there. */
  readonly why: string
  /** Files of the workspace that look like an AppSpec, and that nobody reads. */
  readonly unread: readonly string[]
}

/** What the official deploy action reads where `codedeploy-appspec` is not set (its action.yml). */
const DEFAULT_PATH = 'appspec.yaml'
const LOOKALIKES = ['appspec.yml', 'appspec.json']

/** How to do without the file that was found. */
export const WAY_OUT =
  'correct it, name another one in `codedeploy-appspec`, or set `codedeploy-appspec: generate`'

export async function findAppSpec(
  source: AppSpecSource,
  files: { readonly isFile: (path: string) => Promise<boolean> }
): Promise<AppSpecOrigin> {
  if (source.kind === 'file') {
    return { path: source.path, isGiven: true, why: 'as `codedeploy-appspec` says', unread: [] }
  }
  if (source.kind === 'generate') {
    return { path: undefined, isGiven: false, why: source.why, unread: [] }
  }
  const [isThere, ...alike] = await Promise.all([DEFAULT_PATH, ...LOOKALIKES].map(files.isFile))
  return {
    path: isThere ? DEFAULT_PATH : undefined,
    isGiven: false,
    why: isThere
      ? "the workspace's own: `codedeploy-appspec` is not set"
      : `the workspace holds no ${DEFAULT_PATH}`,
    unread: LOOKALIKES.filter((_, index) => alike[index])
  }
}
