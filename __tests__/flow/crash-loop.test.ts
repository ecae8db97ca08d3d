import { describe, expect, it } from '@jest/globals'
import { run } from './stage.ts'

/** What the task logs; `awslogs` as ECS's documentation has it. */
const AWSLOGS = {
  'log-configuration-log-driver': 'awslogs',
  'log-configuration-options':
    'awslogs-group=/ecs/orders\nawslogs-region=eu-central-1\nawslogs-stream-prefix=web'
}
const CRASH = { 'environment-variables': 'BUG=crash' }

describe('a green that crash-loops', () => {
  it('x', async () => {
    const r = await run({ inputs: { ...CRASH, ...AWSLOGS, 'show-logs': 'true' } })
    console.log(r.text, r.ending)
    expect(1).toBe(1)
  }, 60000)
})
