import * as ecs from '@aws-sdk/client-ecs'
import * as elbv2 from '@aws-sdk/client-elastic-load-balancing-v2'
import { describe, expect, it } from '@jest/globals'
import { toJson } from '../../../emulator/http/json.ts'
import { readModel } from '../../../emulator/http/model.ts'
import type { ServiceModel } from '../../../emulator/http/model.ts'
import { toXml } from '../../../emulator/http/xml.ts'

const json = (operation: string, value: unknown): unknown =>
  toJson(output(readModel(ecs), operation), value)
const xml = (operation: string, value: unknown): string =>
  toXml(output(readModel(elbv2), operation), value)

describe('a JSON response', () => {
  it('writes timestamps as epoch seconds and leaves out what is undefined', () => {
    const taskDefinition = { family: 'order', registeredAt: new Date(1_500), cpu: undefined }
    expect(json('RegisterTaskDefinition', { taskDefinition })).toEqual({
      taskDefinition: { family: 'order', registeredAt: 1.5 }
    })
  })

  it.each([
    [{ taskDefinition: { family: 1 } }, '.taskDefinition.family must be a string'],
    [{ taskDefinition: { registeredAt: 5 } }, '.taskDefinition.registeredAt must be a Date'],
    [{ taskDefinition: { volumes: 'x' } }, '.taskDefinition.volumes must be a list'],
    [
      { taskDefinition: { colour: 'red' } },
      'the model has no response member .taskDefinition.colour'
    ],
    [{ taskDefinition: 'x' }, '.taskDefinition must be a structure']
  ])('cannot say what the model does not have: %j', (value, message) => {
    expect(() => json('RegisterTaskDefinition', value)).toThrow(message)
  })
})

describe('an XML response', () => {
  it('writes lists as members, escapes text, and writes timestamps as ISO', () => {
    const LoadBalancers = [{ LoadBalancerName: 'a<b>&"c"', CreatedTime: new Date(0) }]
    expect(xml('DescribeLoadBalancers', { LoadBalancers })).toBe(
      '<LoadBalancers><member><CreatedTime>1970-01-01T00:00:00.000Z</CreatedTime>' +
        '<LoadBalancerName>a&lt;b&gt;&amp;&quot;c&quot;</LoadBalancerName></member></LoadBalancers>'
    )
  })

  it.each([
    [{ LoadBalancers: [{ Name: 'x' }] }, 'no response member .LoadBalancers[0].Name'],
    [{ LoadBalancers: [{ CreatedTime: 'now' }] }, 'must be a Date'],
    [{ LoadBalancers: [{ LoadBalancerName: 5 }] }, 'must be a scalar of the modelled type']
  ])('cannot say what the model does not have: %j', (value, message) => {
    expect(() => xml('DescribeLoadBalancers', value)).toThrow(message)
  })
})

function output(model: ServiceModel, operation: string) {
  const found = model.operations.get(operation)
  if (!found) throw new Error(`no ${operation}`)
  return found.output
}
