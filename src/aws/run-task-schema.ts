import { RunTaskRequest$, TaskManagedEBSVolumeConfiguration$ } from '@aws-sdk/client-ecs'
import type { Shape } from '../taskdef/dropped.ts'
import { shapeOf } from './register-schema.ts'

/** What the bundled SDK would send of the parts of RunTask that inputs write as JSON. */
export function runTaskShapes(): {
  readonly containerOverrides: Shape
  readonly capacityProviderStrategy: Shape
  readonly tags: Shape
  readonly managedVolume: Shape
} {
  const request = shapeOf(RunTaskRequest$)
  return {
    containerOverrides: memberOf(memberOf(request, 'overrides'), 'containerOverrides'),
    capacityProviderStrategy: memberOf(request, 'capacityProviderStrategy'),
    tags: memberOf(request, 'tags'),
    managedVolume: shapeOf(TaskManagedEBSVolumeConfiguration$)
  }
}

function memberOf(shape: Shape, name: string): Shape {
  const member = shape.kind === 'structure' ? shape.members.get(name) : undefined
  if (!member) throw new Error(`the SDK's RunTask has no ${name}`)
  return member()
}
