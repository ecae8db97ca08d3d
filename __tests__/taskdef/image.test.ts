import { describe, expect, it } from '@jest/globals'
import { IMAGE_REFERENCE, imageProblem } from '../../src/taskdef/image.ts'

const SHA = 'a'.repeat(64)
const ECR = '123456789012.dkr.ecr.eu-west-1.amazonaws.com'

describe('an image that a registry may have', () => {
  it.each([
    'shop',
    'shop:2',
    'library/nginx:1.27-alpine',
    `${ECR}/shop:1.4.2`,
    `${ECR}/team/shop_api/web-1.x@sha256:${SHA}`,
    `${ECR}/shop:1.4.2@sha256:${SHA}`,
    '123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/shop:V1',
    'localhost:5000/shop:latest',
    'Registry.Example.com/a__b/c---d',
    '[2001:db8::1]:5000/shop',
    `shop@sha512:${'0'.repeat(128)}`,
    `shop:${'t'.repeat(128)}`,
    // A registry, by the grammar: only its repositories have no capitals.
    'Shop/web'
  ])('%s', (image) => {
    expect(imageProblem(image)).toBeUndefined()
  })

  it('has parts', () => {
    expect(IMAGE_REFERENCE.exec(`${ECR}/team/shop:1@sha256:${SHA}`)?.groups).toEqual({
      registry: ECR,
      repository: 'team/shop',
      tag: '1',
      digest: `sha256:${SHA}`
    })
  })
})

describe('an image that no registry can have', () => {
  it.each<[string, RegExp]>([
    ['<IMAGE1_NAME>', /a placeholder that nothing has filled/],
    ['$ECR_REGISTRY/shop:1', /a placeholder/],
    ['${IMAGE}', /a placeholder/],
    ['${{ steps.build.outputs.image }}', /a placeholder/],
    [`${ECR}/shop:\${{ github.sha }}`, /a placeholder/],
    ['{{ image }}', /a placeholder/],
    [`https://${ECR}/shop:1`, /an address: .* without `https:\/\/`/],
    ['docker://shop:1', /without `docker:\/\/`/],
    [`${ECR}/Shop:1`, /no capital letters/],
    ['Shop:1', /no capital letters/],
    [`shop@sha256:${'A'.repeat(64)}`, /no capital letters/],
    ['/shop:1', /wanted \[registry\/\]repository/],
    [`${ECR}/shop:`, /what was to fill it is empty/],
    [`${ECR}//shop:1`, /wanted/],
    [`${ECR}/:1`, /wanted/],
    [`${ECR}/`, /wanted/],
    ['shop@sha256:0a', /wanted/],
    ['shop@', /wanted/],
    [' shop:1', /with blanks around it/],
    ['shop:1\n', /with blanks around it/],
    ['shop:1 shop:2', /wanted/],
    ['shop:a b', /wanted/],
    ['shop:-1', /wanted/],
    ['shop-/web', /wanted/],
    [`shop:${'t'.repeat(129)}`, /wanted/],
    ['', /wanted/]
  ])('%j', (image, problem) => {
    expect(imageProblem(image)).toMatch(problem)
  })

  it('is found out in linear time', () => {
    const started = performance.now()
    expect(imageProblem(`${'a-'.repeat(50_000)}!`)).toMatch(/wanted/)
    expect(imageProblem(`${'a.'.repeat(50_000)}!`)).toMatch(/wanted/)
    expect(performance.now() - started).toBeLessThan(2_000)
  })
})
