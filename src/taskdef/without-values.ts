import type { Change } from './diff.ts'

/** Where a container's image stands in a diff; the group is the container's name. */
export const IMAGE_PATH = /^containerDefinitions\[(.+)\]\.image$/

/** Many people can read a card, so it shows values of images only, whatever `show-values` says. */
export function withoutValues({ path, kind, before, after }: Change): Change {
  if (!IMAGE_PATH.test(path)) return { path, kind }
  return {
    path,
    kind,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after })
  }
}
