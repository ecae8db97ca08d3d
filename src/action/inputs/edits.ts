import { whyEmpty } from '../../release/empty-input.ts'
import type { TaskDefinitionEdits } from '../../taskdef/render.ts'
import { quoted, type Problem } from './problems.ts'
import { INPUTS } from './table.ts'
import { say } from '../../words/say.ts'

/** The inputs that edit containers, as they were read. */
export interface ContainerInputs extends Omit<TaskDefinitionEdits, 'containers'> {
  readonly containers: string | undefined
  readonly image: string | undefined
}

/** The inputs that apply to the containers in `container-name`. */
const OF_CONTAINERS = [
  INPUTS.image,
  INPUTS.environment,
  INPUTS.secrets,
  INPUTS.environmentFiles,
  INPUTS.dockerLabels,
  INPUTS.logDriver,
  INPUTS.logOptions,
  INPUTS.command
]

/**
 * Combines the container inputs. It is a problem if two inputs set the same thing, if an
 * edit applies to no container, or if a container gets no edit. A rollback edits nothing, so
 * a workflow that both releases and rolls back may keep its `container-name`. `isSet` tells
 * whether an input has a text, even one that was refused.
 */
export function taskDefinitionEdits(
  { containers: list, image, ...given }: ContainerInputs,
  isSet: (input: { readonly name: string }) => boolean,
  problem: (problem: Problem) => void
): TaskDefinitionEdits {
  const containers = [...new Set(list?.split(',').map((name) => name.trim()))]
  const edited = OF_CONTAINERS.filter(isSet)
  if (!isSet(INPUTS.containers) && edited.length > 0) {
    const inputs = edited.map(({ name }) => `\`${name}\``).join(', ')
    const lines = image === undefined ? '' : say` (or list images per container in \`images\`)`
    problem({
      input: INPUTS.containers.name,
      message: say`\`container-name\` is not set: ${inputs} would apply to no container. Set it${lines}.`
    })
  }
  for (const container of containers) {
    if (image === undefined || !given.images.some((entry) => entry.container === container))
      continue
    problem({
      input: INPUTS.images.name,
      value: container,
      message: say`\`image\` and \`images\` both set the image of container ${quoted(container)}. Keep one of them.`
    })
  }
  for (const { name } of given.secrets) {
    if (!given.environment.some((variable) => variable.name === name)) continue
    problem({
      input: INPUTS.secrets.name,
      message: say`\`secrets\` and \`environment-variables\` both set ${quoted(name)}. Keep one of them.`
    })
  }
  const images = image === undefined ? [] : containers.map((container) => ({ container, image }))
  const edits = { ...given, containers, images: [...images, ...given.images] }
  const kept = keptImages(edits)
  if (kept.length > 0 && edited.length === 0 && !isSet(INPUTS.rollbackTo)) {
    problem({
      input: INPUTS.containers.name,
      value: list ?? '',
      message: say`\`container-name\` names ${kept.map(quoted).join(', ')}, and nothing is to be changed there: \`image\` is empty, and so is every other input that applies to a container. Fill one of them, or remove \`container-name\`; ${whyEmpty()}.`
    })
  }
  return edits
}

/** The containers in `container-name` whose image does not change. */
export function keptImages({ containers, images }: TaskDefinitionEdits): readonly string[] {
  return containers.filter((name) => !images.some(({ container }) => container === name))
}
