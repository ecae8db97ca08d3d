import type { Planes } from '../controllers/gate-plane.ts'

/** Loads the plane of this kind. Errors: an Error if there is none, and those of loading it. */
export async function planeOf<Plane>(planes: Planes<Plane>, kind: string): Promise<Plane> {
  const load = Object.hasOwn(planes, kind) ? planes[kind] : undefined
  if (!load) throw new Error(`no control plane is called ${kind}`)
  return load()
}

/**
 * Finds the plane that an event comes from: the first one whose `read` understands it.
 *
 * @throws TypeError if no plane understands it; errors of loading a plane.
 */
export async function planeKnowing<Plane, Found>(
  planes: Planes<Plane>,
  read: (plane: Plane) => Found | undefined
): Promise<{ readonly kind: string; readonly plane: Plane; readonly found: Found }> {
  for (const [kind, load] of Object.entries(planes)) {
    const plane = await load()
    const found = read(plane)
    if (found !== undefined) return { kind, plane, found }
  }
  throw new TypeError(
    `the event is of no control plane: wanted one of ${Object.keys(planes).join(', ')}`
  )
}
