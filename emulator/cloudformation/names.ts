import { resolve, type Names } from './intrinsics.ts'
import type { ParameterValues } from './parameters.ts'
import { refused } from './refused.ts'
import type { Resource, Template } from './template.ts'

/** Where a stack is, for `AWS::Region` and the others. */
export interface Place {
  readonly partition: string
  readonly region: string
  readonly account: string
  readonly stackName: string
}

/** What resources stand for: `Ref`, and `Fn::GetAtt`; and what other stacks export. */
export interface Resources extends Pick<Names, 'imported'> {
  id(name: string): string
  attribute(name: string, attribute: string): string
}

/** What the names of a template stand for with these parameters, in this place. */
export function namesOf(
  { Conditions }: Pick<Template, 'Conditions'>,
  values: ParameterValues,
  { partition, region, account, stackName }: Place,
  resources: Resources
): Names {
  const pseudo = new Map([
    ['AWS::Partition', partition],
    ['AWS::Region', region],
    ['AWS::AccountId', account],
    ['AWS::StackName', stackName],
    ['AWS::URLSuffix', 'amazonaws.com']
  ])
  const names: Names = {
    ref: (name) => values.get(name) ?? pseudo.get(name) ?? resources.id(name),
    attribute: (name, attribute) => resources.attribute(name, attribute),
    imported: (name) => resources.imported(name),
    holds(condition) {
      if (condition in Conditions) return resolve(Conditions[condition], names) === true
      throw refused(`Unresolved condition dependency ${condition} in the template`)
    }
  }
  return names
}

/** Of a template's resources or outputs, those whose condition holds. */
export function wanted<T extends Pick<Resource, 'Condition'>>(
  section: Readonly<Record<string, T>>,
  names: Names
): [name: string, part: T][] {
  return Object.entries(section).filter(
    ([, { Condition }]) => Condition === undefined || names.holds(Condition)
  )
}
