import type { GateFacts } from '../../ledger/gate-facts.ts'
import { serviceId } from '../../ledger/keys.ts'

/**
 * Whether a newer release takes the place of this one at one of its services. A
 * plane runs one deployment of a service at a time, so this one's has ended.
 */
export function isSuperseded(facts: GateFacts, other: GateFacts): boolean {
  const services = servicesOf(facts)
  return (
    servicesOf(other).some((service) => services.includes(service)) &&
    other.releaseId !== facts.releaseId &&
    other.createdAt > facts.createdAt
  )
}

function servicesOf({ holds }: GateFacts): readonly string[] {
  return holds.map(({ cluster, service }) => serviceId(cluster, service))
}
