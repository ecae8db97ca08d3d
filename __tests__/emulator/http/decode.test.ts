import * as ecs from '@aws-sdk/client-ecs'
import * as elbv2 from '@aws-sdk/client-elastic-load-balancing-v2'
import { describe, expect, it } from '@jest/globals'
import { readFileSync } from 'node:fs'
import { decode } from '../../../emulator/http/decode.ts'
import { formNotation, parseForm } from '../../../emulator/http/form.ts'
import { jsonNotation, parseJson } from '../../../emulator/http/json.ts'
import { readModel, requiredMembers } from '../../../emulator/http/model.ts'
import type { Decoded } from '../../../emulator/http/protocol.ts'

const ECS = readModel(ecs)
const ELB = readModel(elbv2)

function json(operation: string, body: unknown): Decoded {
  const schema = ECS.operations.get(operation)?.input
  if (!schema) throw new Error(operation)
  return decode(jsonNotation, schema, body)
}

function form(operation: string, body: string): Decoded {
  const schema = ELB.operations.get(operation)?.input
  if (!schema) throw new Error(operation)
  return decode(formNotation, schema, parseForm(new URLSearchParams(body)))
}

const CONTAINER = { name: 'app', image: 'app:1' }

describe('a JSON request', () => {
  it('becomes the SDK shape, without its nulls', () => {
    const { input, missing } = json('RegisterTaskDefinition', {
      family: 'order',
      cpu: null,
      containerDefinitions: [{ ...CONTAINER, environment: [{ name: 'EMPTY', value: '' }] }]
    })
    expect(missing).toEqual([])
    expect(input).toEqual({
      family: 'order',
      containerDefinitions: [{ ...CONTAINER, environment: [{ name: 'EMPTY', value: '' }] }]
    })
  })

  it.each([
    ['top level', { family: 'x', containerDefinitions: [], futureField: 1 }, 'futureField'],
    [
      'nested',
      { family: 'x', containerDefinitions: [CONTAINER, { ...CONTAINER, newThing: 1 }] },
      'containerDefinitions.2.member.newThing'
    ]
  ])('names an unknown member (%s)', (_where, body, path) => {
    expect(() => json('RegisterTaskDefinition', body)).toThrow(`Unknown member '${path}'`)
  })

  it('lists every required member that is missing, at any depth', () => {
    const { missing } = json('RegisterTaskDefinition', {
      volumes: [],
      containerDefinitions: [
        { ...CONTAINER, secrets: [{ name: 'KEY' }], logConfiguration: { options: {} } }
      ]
    })
    expect(missing).toEqual([
      'containerDefinitions.1.member.secrets.1.member.valueFrom',
      'containerDefinitions.1.member.logConfiguration.logDriver',
      'family'
    ])
  })

  it.each([
    [{ cpu: 256 }, "NUMBER_VALUE can not be converted to a String (at 'cpu')"],
    [{ enableFaultInjection: 'yes' }, 'STRING_VALUE can not be converted to a Boolean'],
    [{ containerDefinitions: {} }, "Expected list or null (at 'containerDefinitions')"],
    [{ containerDefinitions: [null] }, "Unexpected null at 'containerDefinitions.1.member'"],
    [{ runtimePlatform: [] }, "Start of list found where not expected (at 'runtimePlatform')"],
    [{ family: {} }, 'Start of structure or map found where not expected']
  ])('refuses a wrong type: %j', (body, message) => {
    expect(() => json('RegisterTaskDefinition', body)).toThrow(message)
  })

  it('reads timestamps as epoch seconds only', () => {
    const schema = ECS.operations.get('SubmitTaskStateChange')?.input
    if (!schema) throw new Error('no such operation')
    const at = (value: unknown): unknown =>
      decode(jsonNotation, schema, { executionStoppedAt: value }).input['executionStoppedAt']
    expect(at(1.5)).toEqual(new Date(1500))
    expect(() => at('2026-01-01T00:00:00Z')).toThrow('can not be converted to a Timestamp')
  })

  it('must be JSON', () => {
    expect(() => parseJson(Buffer.from('{'))).toThrow('The request body is not JSON')
    expect(parseJson(Buffer.from(''))).toEqual({})
  })
})

describe('a Query request', () => {
  it('becomes the SDK shape: lists in order of their index, numbers, booleans', () => {
    const { input } = form(
      'ModifyListener',
      'ListenerArn=l&DefaultActions.member.1.Type=forward' +
        '&DefaultActions.member.1.ForwardConfig.TargetGroups.member.2.TargetGroupArn=b' +
        '&DefaultActions.member.1.ForwardConfig.TargetGroups.member.1.TargetGroupArn=a' +
        '&DefaultActions.member.1.ForwardConfig.TargetGroups.member.1.Weight=90' +
        '&DefaultActions.member.1.ForwardConfig.TargetGroupStickinessConfig.Enabled=false'
    )
    const TargetGroups = [{ TargetGroupArn: 'a', Weight: 90 }, { TargetGroupArn: 'b' }]
    const TargetGroupStickinessConfig = { Enabled: false }
    expect(input).toEqual({
      ListenerArn: 'l',
      DefaultActions: [
        { Type: 'forward', ForwardConfig: { TargetGroups, TargetGroupStickinessConfig } }
      ]
    })
  })

  it('knows an empty list', () => {
    expect(form('DescribeTargetGroups', 'Names=').input).toEqual({ Names: [] })
  })

  it.each([
    ['DescribeTargetGroups', 'Nmaes.member.1=x', "Unknown member 'Nmaes'"],
    ['DescribeTargetGroups', 'Names.1=x', "Unexpected key 'Names.1', expected 'member'"],
    ['DescribeTargetGroups', 'Names.member.x=x', "'x' is not a list index"],
    ['DescribeTargetGroups', 'PageSize=many', "'PageSize' must be a number"],
    ['DescribeTargetGroups', 'Names.member.1.x=1', 'Unexpected complex element'],
    [
      'ModifyListener',
      'DefaultActions.member.1.ForwardConfig.TargetGroupStickinessConfig.Enabled=1',
      'must be true or false'
    ]
  ])('%s refuses %s', (operation, body, message) => {
    expect(() => form(operation, body)).toThrow(message)
  })

  it('lists missing required members', () => {
    expect(form('DescribeTargetHealth', 'Targets.member.1.Port=80').missing).toEqual([
      'Targets.1.member.Id',
      'TargetGroupArn'
    ])
  })
})

describe('required members', () => {
  // A second opinion on how the schemas count them: the types say `name: T | undefined` for
  // required and `name?: T | undefined` for optional.
  it.each([
    ['client-ecs', ECS],
    ['client-elastic-load-balancing-v2', ELB]
  ])('are those of the types of %s', (name, model) => {
    const types = new Map<string, readonly string[]>()
    for (const file of ['models_0', 'models_1']) {
      const text = readTypes(name, file)
      for (const [, shape = '', members = ''] of text.matchAll(
        /interface (\w+) \{\n([\s\S]*?)\n\}/g
      )) {
        types.set(
          shape,
          [...members.matchAll(/^ {4}(\w+): /gm)].map(([, member = '']) => member)
        )
      }
    }
    const inputs = [...model.operations.values()].map(({ input }) => input)
    const compared = inputs.filter((input) => types.has(input.getName() ?? ''))
    expect(compared.length).toBeGreaterThan(40)
    for (const input of compared) {
      const shape = input.getName() ?? ''
      expect([shape, [...requiredMembers(input)].sort()]).toEqual([
        shape,
        [...(types.get(shape) ?? [])].sort()
      ])
    }
  })
})

function readTypes(client: string, file: string): string {
  const url = new URL(
    `../../../node_modules/@aws-sdk/${client}/dist-types/models/${file}.d.ts`,
    import.meta.url
  )
  try {
    return readFileSync(url, 'utf8')
  } catch {
    return ''
  }
}
