import { describe, expect, it } from '@jest/globals'
import { knownMembers } from '../../src/aws/register-schema.ts'
import { findUnknownMembers } from '../../src/taskdef/dropped.ts'
import { suggestion } from '../../src/taskdef/suggestion.ts'

const problemOf = (taskDefinition: object): string =>
  findUnknownMembers(taskDefinition, knownMembers()).join('\n')

describe('a field that ECS does not know', () => {
  it.each([
    ['memroy', 'memory'],
    ['mem', 'memory'],
    ['memoryLimit', 'memory'],
    ['taskRole', 'taskRoleArn'],
    ['executionRole', 'executionRoleArn'],
    ['containers', 'containerDefinitions'],
    ['containerDefinition', 'containerDefinitions'],
    ['familly', 'family']
  ])('of a task definition: %s, did you mean "%s"?', (given, wanted) => {
    expect(problemOf({ [given]: 'x' })).toContain(`did you mean "${wanted}"?`)
  })

  it.each([
    ['env', 'environment'],
    ['enviroment', 'environment'],
    ['ports', 'portMappings'],
    ['mem_limit', 'memory'],
    ['memory_limit', 'memory'],
    ['img', 'image'],
    ['logConfig', 'logConfiguration'],
    ['health', 'healthCheck']
  ])('of a container: %s, did you mean "%s"?', (given, wanted) => {
    const problem = problemOf({ containerDefinitions: [{ name: 'app', [given]: 'x' }] })
    expect(problem).toContain(`containerDefinitions[0].${given}`)
    expect(problem).toContain(`did you mean "${wanted}"?`)
  })

  it('suggests nothing that has nothing to do with it', () => {
    expect(suggestion('sidecarPolicy', ['name', 'image', 'memory'])).toBeUndefined()
    expect(problemOf({ sidecarPolicy: 1 })).not.toContain('did you mean')
  })
})
