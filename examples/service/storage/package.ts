/** No time makes good for it. */
export class MissingPackage extends Error {
  override readonly name = 'MissingPackage'
}

/**
 * A package that only this folder's package.json names. As its name is no
 * literal, nobody looks for it before its URL is set.
 */
export async function load<Module>(name: string): Promise<Module> {
  try {
    return (await import(name)) as Module
  } catch (error) {
    throw new MissingPackage(
      `${name} cannot be loaded; npm ci in the service's folder installs it`,
      {
        cause: error
      }
    )
  }
}
