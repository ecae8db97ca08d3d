import fc from 'fast-check'
import {
  HOOK_EVENTS,
  inLifecycleOrder,
  type AppSpec
} from '../../../../src/controllers/codedeploy/appspec/model.ts'

const text = fc.string({ minLength: 1 }).filter((value) => value.trim() !== '')
const maybe = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(one, { nil: undefined })

export const appSpec: fc.Arbitrary<AppSpec> = fc.record({
  taskDefinition: maybe(text),
  containerName: text,
  containerPort: fc.integer({ min: 1, max: 65_535 }),
  platformVersion: maybe(text),
  network: maybe(
    fc.record({
      subnets: fc.array(text, { minLength: 1 }),
      securityGroups: fc.array(text, { minLength: 1 }),
      assignPublicIp: fc.constantFrom('ENABLED', 'DISABLED')
    })
  ),
  capacityProviders: fc.array(
    fc.record({
      capacityProvider: text,
      base: maybe(fc.integer({ min: 0, max: 100_000 })),
      weight: maybe(fc.integer({ min: 0, max: 1000 }))
    })
  ),
  hooks: fc
    .uniqueArray(fc.record({ event: fc.constantFrom(...HOOK_EVENTS), function: text }), {
      selector: (hook) => hook.event
    })
    .map(inLifecycleOrder)
})
