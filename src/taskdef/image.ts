import { say } from '../words/say.ts'

// The grammar of a reference to an image, as the registries' own library documents it
// (pkg.go.dev/github.com/distribution/reference, "Grammar").
const HOST =
  '(?:(?:[A-Za-z0-9]|[A-Za-z0-9][A-Za-z0-9-]*[A-Za-z0-9])' +
  '(?:\\.(?:[A-Za-z0-9]|[A-Za-z0-9][A-Za-z0-9-]*[A-Za-z0-9]))*|\\[[0-9A-Fa-f:]+\\])(?::\\d+)?'
const COMPONENT = '[a-z0-9]+(?:(?:[_.]|__|-+)[a-z0-9]+)*'
const TAG = '\\w[\\w.-]{0,127}'
const DIGEST =
  '(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}|' +
  '(?!sha(?:256|512):)[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9A-Fa-f]{32,})'

/** A whole image, with its parts: registry, repository, tag and digest. */
export const IMAGE_REFERENCE = new RegExp(
  `^(?:(?<registry>${HOST})/)?(?<repository>${COMPONENT}(?:/${COMPONENT})*)` +
    `(?::(?<tag>${TAG}))?(?:@(?<digest>${DIGEST}))?$`
)

/** `<IMAGE1_NAME>`, `$ECR_REGISTRY`, `${{ env.IMAGE }}`, `{{image}}`: what a template or a shell was to replace. */
const PLACEHOLDER = /[<>{}$]/

/**
 * Why no registry can have this image; undefined if it has the form of one. ECS takes any text for an image
 * and fails only when it starts the task.
 */
export function imageProblem(image: string): string | undefined {
  if (IMAGE_REFERENCE.test(image)) return undefined
  const found = say`the image ${JSON.stringify(image)}`
  if (PLACEHOLDER.test(image)) {
    return say`${found}, a placeholder that nothing has filled: set \`container-name\` and \`image\``
  }
  if (/^[A-Za-z][A-Za-z0-9+.-]*:\/\//.test(image)) {
    return say`${found}, an address: an image begins with the registry's host, without \`${image.split('//', 1)[0] ?? ''}//\``
  }
  if (image !== image.trim()) return say`${found}, with blanks around it`
  if (IMAGE_REFERENCE.test(image.toLowerCase())) {
    return say`${found}: the name of a repository has no capital letters, and a digest has none either`
  }
  return say`${found}: wanted [registry/]repository[:tag][@digest], such as ${EXAMPLE}; where a part is missing, what was to fill it is empty`
}

export const EXAMPLE = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:1.4.2'
