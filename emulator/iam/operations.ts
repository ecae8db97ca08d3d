import { createHash } from 'node:crypto'
import type { GetRoleRequest, GetRoleResponse } from '@aws-sdk/client-iam'
import { AwsError } from '../errors.ts'
import { operations, using } from '../operation.ts'
import type { World } from '../world.ts'

/** IAM, as far as roles are looked up. */
export const iamOperations = operations('iam', {
  GetRole: using({ RoleName: true }, getRole)
})

function getRole({ RoleName: name = '' }: GetRoleRequest, { roles }: World): GetRoleResponse {
  const role = roles.find(name)
  if (!role) {
    throw new AwsError('NoSuchEntity', `The role with name ${name} cannot be found.`, 404)
  }
  return {
    Role: {
      Path: '/',
      RoleName: role.name,
      RoleId: `AROA${createHash('sha256').update(role.arn).digest('hex').slice(0, 17).toUpperCase()}`,
      Arn: role.arn,
      CreateDate: new Date(role.createdAt),
      AssumeRolePolicyDocument: encodeURIComponent(role.trust)
    }
  }
}
