import { EXAMPLE, IMAGE_REFERENCE } from '../../taskdef/image.ts'
import { say } from '../../words/say.ts'

/** A form that a text must have, and the words for it in messages. */
export interface Form {
  readonly pattern: RegExp
  readonly accepts: string
}

// aws, aws-cn, aws-us-gov, aws-iso-b, aws-eusc ...
export const PARTITION = 'aws(?:-[a-z]+)*'
export const REGION = '[a-z]{2,}(?:-[a-z]+)+-\\d+'
export const ACCOUNT = '\\d{12}'
/** Names of clusters, services and task definition families (ECS API reference). */
const ECS_NAME = '[A-Za-z0-9_-]{1,255}'
const IAM_NAME = '[\\w+=,.@-]{1,64}'
const IAM_ROLE_ARN = `arn:${PARTITION}:iam::${ACCOUNT}:role/(?:[!-~]{1,510}/)?${IAM_NAME}`
const FUNCTION_NAME = '[A-Za-z0-9_-]{1,64}(?::[A-Za-z0-9$_-]{1,128})?'

export const whole = (pattern: string) => new RegExp(`^(?:${pattern})$`)

export const CLUSTER: Form = {
  pattern: whole(`${ECS_NAME}|arn:${PARTITION}:ecs:${REGION}:${ACCOUNT}:cluster/${ECS_NAME}`),
  get accepts() {
    return say`the name of an ECS cluster (letters, digits, "-", "_"; up to 255) or its ARN`
  }
}

export const SERVICE: Form = {
  pattern: whole(
    `${ECS_NAME}|arn:${PARTITION}:ecs:${REGION}:${ACCOUNT}:service/(?:${ECS_NAME}/)?${ECS_NAME}`
  ),
  get accepts() {
    return say`the name of an ECS service (letters, digits, "-", "_"; up to 255) or its ARN`
  }
}

export const CONTAINER: Form = {
  pattern: whole(ECS_NAME),
  get accepts() {
    return say`the name of a container (letters, digits, "-", "_"; up to 255)`
  }
}

/** Several names with commas between them, as in the official render action. */
export const CONTAINERS: Form = {
  pattern: whole(`${ECS_NAME}(?:\\s*,\\s*${ECS_NAME})*`),
  get accepts() {
    return say`the name of a container (letters, digits, "-", "_"; up to 255), or several with commas`
  }
}

/**
 * An image whose registry is empty or whose tag is empty is refused: it is what is left of
 * `registry/name:tag` if one of the outputs in it is empty. So is `$ECR_REGISTRY/name:tag`,
 * because no shell reads an input.
 */
export const IMAGE: Form = {
  pattern: IMAGE_REFERENCE,
  get accepts() {
    return say`a whole image such as ${EXAMPLE}, without \`https://\` and in lower case; where a part is missing, the output that was to fill it is empty: its name is misspelt, or GitHub has masked it; where it holds a variable such as $ECR_REGISTRY, write \`\${{ env.ECR_REGISTRY }}\``
  }
}

export const TASK_DEFINITION_ARN: Form = {
  pattern: whole(
    `arn:${PARTITION}:ecs:${REGION}:${ACCOUNT}:task-definition/${ECS_NAME}(?::[1-9]\\d*)?`
  ),
  get accepts() {
    return say`an ARN such as arn:aws:ecs:eu-west-1:123456789012:task-definition/shop:42`
  }
}

export const FAMILY: Form = {
  pattern: whole(ECS_NAME),
  get accepts() {
    return say`the name of a task definition family (letters, digits, "-", "_"; up to 255)`
  }
}

export const FAMILY_AND_REVISION: Form = {
  pattern: whole(`${ECS_NAME}(?::[1-9]\\d*)?`),
  get accepts() {
    return say`family or family:revision`
  }
}

export const ROLE: Form = {
  pattern: whole(`${IAM_NAME}|${IAM_ROLE_ARN}`),
  get accepts() {
    return say`an IAM role, as ARN (arn:aws:iam::123456789012:role/name) or as name`
  }
}

export const ROLE_ARN: Form = {
  pattern: whole(IAM_ROLE_ARN),
  get accepts() {
    return say`the ARN of an IAM role (arn:aws:iam::123456789012:role/name)`
  }
}

/** AssumeRoleWithWebIdentity's RoleSessionName. */
export const SESSION_NAME: Form = {
  pattern: /^[\w+=,.@-]{2,64}$/,
  get accepts() {
    return say`2 to 64 letters, digits, or any of "_+=,.@-"`
  }
}

export const REGION_NAME: Form = {
  pattern: whole(REGION),
  get accepts() {
    return say`an AWS region such as eu-west-1`
  }
}

export const FUNCTION: Form = {
  pattern: whole(
    `${FUNCTION_NAME}|arn:${PARTITION}:lambda:${REGION}:${ACCOUNT}:function:${FUNCTION_NAME}`
  ),
  get accepts() {
    return say`the name or the ARN of a Lambda function`
  }
}

/** Names of applications, groups and configurations (CodeDeploy API reference: 1 to 100). */
export const CODEDEPLOY_NAME: Form = {
  pattern: /^[^\s](?:.{0,98}[^\s])?$/,
  get accepts() {
    return say`a name of up to 100 characters`
  }
}

/** CreateDeployment refuses a longer one with DescriptionTooLongException. */
export const DESCRIPTION: Form = {
  pattern: /^[^]{1,256}$/,
  get accepts() {
    return say`up to 256 characters`
  }
}

/**
 * DynamoDB's rules for names. It is a name and no ARN, because the table is in the job's own
 * region.
 */
export const TABLE_NAME: Form = {
  pattern: whole('[A-Za-z0-9_.-]{3,255}'),
  get accepts() {
    return say`the name of a DynamoDB table (3 to 255 letters, digits, "_", "-", ".")`
  }
}

export const WEB_ADDRESS: Form = {
  pattern: whole('https?://[^\\s/?#@]+(?:[/?#]\\S{0,2000})?'),
  get accepts() {
    return say`an http or https address without user and password`
  }
}

/**
 * GitHub may change the form of its tokens, so everything that an HTTP header can contain is
 * accepted.
 */
export const GITHUB_TOKEN: Form = {
  pattern: /^[!-~]{1,1000}$/,
  get accepts() {
    return say`\${{ github.token }}, or another token with \`deployments: write\``
  }
}

export const ENVIRONMENT_NAME: Form = {
  pattern: /^[^\x00-\x1f]{1,255}$/,
  get accepts() {
    return say`the name of a GitHub environment (up to 255 characters)`
  }
}

/** The text decides what it names (inputs/rollback.ts). */
export const REFERENCE: Form = {
  pattern: /^[!-~]{1,500}$/,
  get accepts() {
    return say`previous, a revision's number, family:revision, or an ARN`
  }
}

export const REASON: Form = {
  pattern: /^[^\x00-\x08\x0b-\x1f]{3,1000}$/,
  accepts: '3 to 1000 characters'
}

/**
 * A file in the repository. Other paths are refused, so that an input cannot read other
 * files of the runner.
 */
export const WORKSPACE_PATH: Form = {
  pattern: /^(?!\/|~|[A-Za-z]:|.*\\|(?:.*\/)?\.\.(?:\/|$))[^\0\r\n]+\.(?:ya?ml|json)$/,
  get accepts() {
    return say`the path of a .yml, .yaml or .json file within the workspace, such as release/verification.yml`
  }
}

export const PATH: Form = {
  pattern: /^[^\x00-\x1f]+$/,
  get accepts() {
    return say`a path, absolute or relative to the workspace, on one line`
  }
}

/**
 * ECS's `valueFrom`. Any other text may be the secret itself, which ECS would store in the clear.
 * "!" is in the names of secrets that another service manages, as in `rds!cluster-...`; what follows
 * a name is a key of JSON, which may hold blanks, a stage and a version.
 */
export const SECRET_REFERENCE: Form = {
  pattern: whole(
    [
      `arn:${PARTITION}:secretsmanager:${REGION}:${ACCOUNT}:secret:[\\w/+=.@!-]+(?::[^:\\n]*){0,3}`,
      `arn:${PARTITION}:ssm:${REGION}:${ACCOUNT}:parameter/[\\w./-]+`,
      '[\\w./-]{1,1011}'
    ].join('|')
  ),
  get accepts() {
    return say`the ARN of a Secrets Manager secret or SSM parameter, or the name of a parameter`
  }
}

/**
 * The S3 object from which ECS reads an environment file. Old buckets of us-east-1 have capitals, "_" and
 * up to 255 characters in their names.
 */
export const S3_OBJECT_ARN: Form = {
  pattern: whole(`arn:${PARTITION}:s3:::[A-Za-z0-9._-]{3,255}/[^\\s].*`),
  get accepts() {
    return say`the ARN of an S3 object (arn:aws:s3:::bucket/file.env)`
  }
}

/** EC2's ids, which may be short in old accounts. */
export const SUBNET: Form = {
  pattern: /^subnet-[0-9a-f]{1,40}$/,
  get accepts() {
    return say`ids of subnets such as subnet-0a1b2c3d4e5f67890, with commas between them`
  }
}

export const SECURITY_GROUP: Form = {
  pattern: /^sg-[0-9a-f]{1,40}$/,
  get accepts() {
    return say`ids of security groups such as sg-0a1b2c3d4e5f67890, with commas between them`
  }
}

/** ECS API reference, RunTask. */
export const STARTED_BY: Form = {
  pattern: /^[A-Za-z0-9/_-]{1,128}$/,
  get accepts() {
    return say`up to 128 letters, digits, "-", "/" and "_"`
  }
}

export const VOLUME: Form = {
  pattern: whole(ECS_NAME),
  get accepts() {
    return say`the name of a volume (letters, digits, "-", "_"; up to 255)`
  }
}
