/** The name of a Lambda function: `name`, `name:qualifier`, a partial or a full ARN. */
interface FunctionName {
  readonly partition: string | undefined
  readonly region: string | undefined
  readonly account: string | undefined
  readonly name: string
  readonly qualifier: string
}

const NAME_ALONE = { partition: undefined, region: undefined, account: undefined }

const ARN = /^(?:arn:([^:]+):lambda:([^:]*):)?(\d{12}):function:([^:]+)(?::([^:]+))?$/

/**
 * Whether two texts name the same code. A name alone matches an ARN in any account and
 * region. A version or an alias is code of its own, and a missing qualifier means `$LATEST`,
 * as in Lambda.
 */
export function isSameFunction(a: string, b: string): boolean {
  const left = parseFunction(a)
  const right = parseFunction(b)
  const agree = (one: string | undefined, other: string | undefined): boolean =>
    one === undefined || other === undefined || one === other
  return (
    left.name === right.name &&
    left.qualifier === right.qualifier &&
    agree(left.partition, right.partition) &&
    agree(left.region, right.region) &&
    agree(left.account, right.account)
  )
}

function parseFunction(text: string): FunctionName {
  const arn = ARN.exec(text)
  if (arn) {
    const [, partition, region, account, name = '', qualifier = '$LATEST'] = arn
    return { partition, region, account, name, qualifier }
  }
  const [name = text, qualifier = '$LATEST', ...others] = text.split(':')
  // Lambda has no such names, so the text matches only itself.
  if (others.length > 0) return { ...NAME_ALONE, name: text, qualifier: '$LATEST' }
  return { ...NAME_ALONE, name, qualifier }
}
