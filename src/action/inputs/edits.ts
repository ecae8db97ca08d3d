import type { TaskDefinitionEdits } from '../../taskdef/render.ts'
import { quoted, type Problem } from './problems.ts'
import { INPUTS } from './table.ts'

/** The inputs that edit containers, as they were read. */
export interface ContainerInputs extends Omit<TaskDefinitionEdits, 'containers'> {
  readonly containers: string | undefined
  readonly image: string | undefined
}

/** Puts the container inputs together; two sources for one thing, or an edit of no container, is a problem. */
export function taskDefinitionEdits(
  { containers: list, image, ...given }: ContainerInputs,
  problem: (problem: Problem) => void
): TaskDefinitionEdits {
  const containers = [...new Set(list?.split(',').map((name) => name.trim()))]
  const edited = [
    ...(image === undefined ? [] : [INPUTS.image.name]),
    ...(given.environment.length === 0 ? [] : [INPUTS.environment.name]),
    ...(given.secrets.length === 0 ? [] : [INPUTS.secrets.name]),
    ...(given.environmentFiles.length === 0 ? [] : [INPUTS.environmentFiles.name]),
    ...(given.dockerLabels.length === 0 ? [] : [INPUTS.dockerLabels.name]),
    ...(given.logDriver === undefined ? [] : [INPUTS.logDriver.name]),
    ...(given.logOptions.length === 0 ? [] : [INPUTS.logOptions.name]),
    ...(given.command === undefined ? [] : [INPUTS.command.name])
  ]
  if (list === undefined && edited.length > 0) {
    const inputs = edited.map((input) => `\`${input}\``).join(', ')
    const lines = image === undefined ? '' : ' (or list images per container in `images`)'
    problem({
      input: INPUTS.containers.name,
      message: `\`container-name\` is not set: ${inputs} would apply to no container. Set it${lines}.`
    })
  }
  for (const container of containers) {
    if (image === undefined || !given.images.some((entry) => entry.container === container))
      continue
    problem({
      input: INPUTS.images.name,
      value: container,
      message: `\`image\` and \`images\` both set the image of container ${quoted(container)}. Keep one of them.`
    })
  }
  for (const { name } of given.secrets) {
    if (!given.environment.some((variable) => variable.name === name)) continue
    problem({
      input: INPUTS.secrets.name,
      message: `\`secrets\` and \`environment-variables\` both set ${quoted(name)}. Keep one of them.`
    })
  }
  const images = image === undefined ? [] : containers.map((container) => ({ container, image }))
  return { ...given, containers, images: [...images, ...given.images] }
}
