import { mappingsIn } from '../../../documents/mapping.ts'
import { list, mapping, oneOf, text, wholeNumber, type Shape } from './exact-shapes.ts'
import { ASSIGN_PUBLIC_IP, HOOK_EVENTS } from './model.ts'

const TARGET_SERVICE = mapping({
  Type: oneOf('AWS::ECS::Service'),
  Properties: mapping(
    {
      TaskDefinition: text,
      LoadBalancerInfo: mapping({ ContainerName: text, ContainerPort: wholeNumber })
    },
    {
      PlatformVersion: text,
      NetworkConfiguration: mapping({
        AwsvpcConfiguration: mapping({
          Subnets: list(text),
          SecurityGroups: list(text),
          AssignPublicIp: oneOf(...ASSIGN_PUBLIC_IP)
        })
      }),
      CapacityProviderStrategy: list(
        mapping({ CapacityProvider: text }, { Base: wholeNumber, Weight: wholeNumber })
      )
    }
  )
})

const HOOK = mapping({}, Object.fromEntries(HOOK_EVENTS.map((event) => [event, text])))

/** One function per event, each in an entry of its own. */
const hooks: Shape = (value, path) => {
  const wrong = list(HOOK)(value, path)
  if (wrong) return wrong
  const seen = new Set<string>()
  for (const [index, entry] of mappingsIn(value).entries()) {
    const [event, ...others] = Object.keys(entry)
    if (event === undefined || others.length > 0) {
      return { why: 'value', found: `${path}[${index}]` }
    }
    if (seen.has(event)) return { why: 'event-twice', found: event }
    seen.add(event)
  }
  return undefined
}

/**
 * An AppSpec for ECS with exactly the members and letters of the examples in AWS's user
 * guide ("AppSpec file example for an Amazon ECS deployment", "AppSpec 'hooks' section for
 * an Amazon ECS deployment"). The guide's outline of the file writes `resources` and `hooks`
 * in small letters, but none of its ECS examples does. It is not known whether CodeDeploy
 * reads the small letters, so they are refused. `version` is 0.0 as a number or as text, as
 * both are in the guide; AWS's own action for GitHub sends 0, as `JSON.stringify` writes it.
 */
export const APP_SPEC: Shape = mapping(
  { version: oneOf(0, '0.0'), Resources: list(mapping({ TargetService: TARGET_SERVICE }), 1) },
  { Hooks: hooks }
)
