import type { Workspace } from '../../emulator/slack/workspace.ts'

/** Resolves when what a Slack workspace shows fits: now, or after a change. */
export function whenShown(
  workspace: Pick<Workspace, 'onChange'>,
  condition: () => boolean
): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (!condition()) return
      stop()
      resolve()
    }
    const stop = workspace.onChange(look)
    look()
  })
}
