import { describe, expect, it } from '@jest/globals'
import {
  deploymentUrl,
  functionUrl,
  serviceUrl,
  taskDefinitionUrl
} from '../../src/aws/console-url.ts'

describe('console links', () => {
  it.each([
    ['eu-central-1', 'https://eu-central-1.console.aws.amazon.com/'],
    ['cn-north-1', 'https://cn-north-1.console.amazonaws.cn/'],
    ['us-gov-west-1', 'https://us-gov-west-1.console.amazonaws-us-gov.com/']
  ])('of %s are in its partition', (region, start) => {
    for (const url of [
      deploymentUrl(region, 'd-1'),
      serviceUrl(region, 'shop', 'orders'),
      taskDefinitionUrl(region, 'orders:3'),
      functionUrl(region, 'gate')
    ]) {
      expect(url?.startsWith(start)).toBe(true)
      expect(url).toContain(region)
    }
  })

  it('take names out of ARNs, and encode them', () => {
    const arn = 'arn:aws:ecs:eu-central-1:123456789012:service/shop/orders'
    expect(serviceUrl('eu-central-1', 'shop', arn)).toContain('/clusters/shop/services/orders/')
    expect(functionUrl('eu-central-1', 'arn:aws:lambda:eu-central-1:1:function:gate:live')).toMatch(
      /functions\/gate$/
    )
    expect(serviceUrl('eu-central-1', 'shop', 'a/b?c')).toContain('a%2Fb%3Fc')
  })
})
