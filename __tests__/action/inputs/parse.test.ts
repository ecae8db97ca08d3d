import { describe, expect, it } from '@jest/globals'
import { languageOf, parseInputs, variableOf } from '../../../src/action/inputs/parse.ts'
import { InputError, type Problem } from '../../../src/action/inputs/problems.ts'

type Inputs = Readonly<Record<string, string>>

/** What the runner would pass for these inputs of `with:`. */
function runnerEnv(inputs: Inputs): Record<string, string> {
  return Object.fromEntries(
    Object.entries({ service: 'shop', ...inputs }).map(([name, value]) => [variableOf(name), value])
  )
}

function settings(inputs: Inputs) {
  return parseInputs(runnerEnv(inputs)).settings
}

function problems(inputs: Inputs, env: Inputs = {}): readonly Problem[] {
  try {
    parseInputs({ ...runnerEnv(inputs), ...env })
  } catch (error) {
    if (error instanceof InputError) return error.problems
    throw error
  }
  return []
}

const messages = (inputs: Inputs) => problems(inputs).map(({ message }) => message)

describe('defaults', () => {
  it('are what action.yml says, with nothing set but the service', () => {
    expect(settings({})).toEqual({
      service: 'shop',
      cluster: 'default',
      place: undefined,
      oneOffTask: undefined,
      forceNewDeployment: false,
      taskDefinition: { kind: 'running' },
      edits: {
        containers: [],
        images: [],
        environment: [],
        secrets: [],
        environmentFiles: [],
        dockerLabels: [],
        logDriver: undefined,
        logOptions: [],
        command: undefined,
        taskRoleArn: undefined,
        executionRoleArn: undefined
      },
      application: undefined,
      deploymentGroup: undefined,
      appSpec: { kind: 'default' },
      description: undefined,
      deploymentConfig: undefined,
      hooks: [],
      gateFunction: undefined,
      requireApproval: true,
      waitFor: 'completed',
      waitForMinutes: undefined,
      onActiveDeployment: 'fail',
      onCancel: 'stop-and-rollback',
      onTimeout: 'leave',
      greenUnhealthyAfter: undefined,
      roleToAssume: undefined,
      roleSessionName: 'ecs-gated-deploy',
      region: undefined,
      language: undefined,
      showValues: false,
      showLogs: false,
      dryRun: false,
      maxRetries: 3
    })
  })

  it('also stand for inputs that are empty or blank, as an unset variable leaves them', () => {
    expect(settings({ cluster: '', 'wait-for': '  ', 'dry-run': '\n' })).toEqual(settings({}))
  })

  it('name the session after the run', () => {
    const env = { ...runnerEnv({}), GITHUB_RUN_ID: '1234567890' }
    expect(parseInputs(env).settings.roleSessionName).toBe('ecs-gated-deploy-1234567890')
  })
})

describe('language', () => {
  it.each(['en', 'ko'])('may be %s', (language) => {
    expect(settings({ language }).language).toBe(language)
  })

  it.each(['KO', 'kr', 'korean', 'en, ko'])('may not be %s', (language) => {
    expect(messages({ language })).toEqual([
      expect.stringContaining(
        `\`language\`: ${JSON.stringify(language)} is not accepted. Accepted: en, ko.`
      )
    ])
    expect(languageOf(runnerEnv({ language }))).toBeUndefined()
  })

  it('can be told before the other inputs are read', () => {
    expect(languageOf(runnerEnv({ service: '', 'wait-for': 'x', language: ' ko ' }))).toBe('ko')
    expect(languageOf({})).toBeUndefined()
  })
})

describe('task-definition', () => {
  const arn = 'arn:aws-us-gov:ecs:us-gov-west-1:123456789012:task-definition/shop:42'

  it.each([
    ['taskdef.json', { kind: 'file', path: 'taskdef.json' }],
    ['deploy/shop', { kind: 'file', path: 'deploy/shop' }],
    ['./shop', { kind: 'file', path: './shop' }],
    ['/tmp/t.YAML', { kind: 'file', path: '/tmp/t.YAML' }],
    ['shop.yml', { kind: 'file', path: 'shop.yml' }],
    [String.raw`C:\t\shop`, { kind: 'file', path: String.raw`C:\t\shop` }],
    ['shop', { kind: 'reference', reference: 'shop', mayBePath: true }],
    ['shop:42', { kind: 'reference', reference: 'shop:42', mayBePath: true }],
    [arn, { kind: 'reference', reference: arn }]
  ])('%s is told by its form', (text, source) => {
    expect(settings({ 'task-definition': text }).taskDefinition).toEqual(source)
  })

  it.each(['shop:0', 'shop:latest', 'shop.txt', 'my shop', 'arn:aws:ecs:eu-west-1:1:cluster/x'])(
    '%s is refused',
    (text) => {
      expect(messages({ 'task-definition': text })).toEqual([expect.stringContaining(text)])
    }
  )

  it.each([
    [{ 'task-definition-arn': arn }, arn],
    [{ 'task-definition-family': 'shop' }, 'shop'],
    [{ 'task-definition-family': 'shop', 'task-definition-revision': '7' }, 'shop:7']
  ])('the render action’s inputs name it too: %j', (inputs, reference) => {
    expect(settings(inputs).taskDefinition).toEqual({ kind: 'reference', reference })
  })

  it('has one source', () => {
    expect(messages({ 'task-definition': 'shop', 'task-definition-family': 'shop' })).toEqual([
      expect.stringMatching(/`task-definition` and `task-definition-family` both name/)
    ])
    expect(messages({ 'task-definition': 'a', 'task-definition-revision': '3' })).toEqual([
      expect.stringContaining('`task-definition-family` is not set')
    ])
  })
})

describe('container inputs', () => {
  it('apply to every container named', () => {
    const { edits } = settings({
      'container-name': 'app, worker',
      image: 'shop:2',
      images: `proxy=envoy@sha256:${'0a'.repeat(32)}\n`,
      command: '["npm", "start"]',
      'env-files': 'arn:aws:s3:::bucket/a.env\n\n arn:aws-cn:s3:::bucket/b.env'
    })
    expect(edits).toMatchObject({
      containers: ['app', 'worker'],
      images: [
        { container: 'app', image: 'shop:2' },
        { container: 'worker', image: 'shop:2' },
        { container: 'proxy', image: `envoy@sha256:${'0a'.repeat(32)}` }
      ],
      command: ['npm', 'start'],
      environmentFiles: ['arn:aws:s3:::bucket/a.env', 'arn:aws-cn:s3:::bucket/b.env']
    })
  })

  it('keep a value as it is but for the blanks at the ends of its line', () => {
    const text = 'A=1\r\n\n  B= x=#y \nEMPTY=\nURL=https://x/?a=b&c=%20'
    expect(
      settings({ 'container-name': 'app', 'environment-variables': text }).edits.environment
    ).toEqual([
      { name: 'A', value: '1' },
      { name: 'B', value: ' x=#y' },
      { name: 'EMPTY', value: '' },
      { name: 'URL', value: 'https://x/?a=b&c=%20' }
    ])
  })

  it.each([
    [{ 'container-name': 'app', image: '' }, '"app"'],
    [
      { 'container-name': 'app, worker', image: ' ', 'environment-variables': '' },
      '"app", "worker"'
    ],
    [{ 'container-name': 'app, worker', images: 'app=shop:2' }, '"worker"'],
    [{ 'container-name': 'app', image: '', 'force-new-deployment': 'true' }, '"app"']
  ])('are not all empty: %j releases no old image', (inputs, named) => {
    expect(messages(inputs)).toEqual([
      expect.stringContaining(
        `\`container-name\` names ${named}, and nothing is to be changed there`
      )
    ])
    expect(messages(inputs)[0]).toMatch(/misspelt, or GitHub has masked the output/)
  })

  it.each([
    [{ 'container-name': 'app', images: 'app=shop:2' }],
    [{ 'container-name': 'app', image: '', 'rollback-to': 'previous' }]
  ])('may all be empty where nothing is left to be set: %j', (inputs) => {
    expect(messages(inputs)).toEqual([])
    expect(parseInputs(runnerEnv(inputs)).warnings).toEqual([])
  })

  it('are not said to be empty where one of them is wrong', () => {
    expect(messages({ 'container-name': 'app', command: '["a", 1]' })).toEqual([
      expect.stringMatching(/^`command`/)
    ])
  })

  it('say which image stays where only other things change', () => {
    const { warnings } = parseInputs(
      runnerEnv({ 'container-name': 'app,worker', images: 'app=shop:2', command: 'serve' })
    )
    expect(warnings).toEqual([
      expect.stringMatching(/^`image` is empty: "worker" keeps the image .*masked/)
    ])
  })

  it.each([
    ...['/shop:1', 'registry/shop:', 'registry//shop:1', 'registry/', 'shop@', ':1'],
    ...['$ECR_REGISTRY/shop:1', 'https://registry/shop:1', '<IMAGE1_NAME>', 'Shop:1'],
    'registry/shop:${{ github.sha }}'
  ])(
    'image %s is none, for example because a part is missing that an output was to fill',
    (image) => {
      expect(messages({ 'container-name': 'app', image })).toEqual([
        expect.stringMatching(/^`image`: .* is not accepted\. .*GitHub has masked it/)
      ])
      expect(messages({ images: `app=${image}` })).toEqual([
        expect.stringMatching(/^`images`: .*GitHub has masked it/)
      ])
    }
  )

  it('need a container', () => {
    expect(messages({ image: 'shop:2', secrets: 'A=arn' })).toEqual([
      '`container-name` is not set: `image`, `secrets` would apply to no container. Set it (or list images per container in `images`).'
    ])
  })

  it('do not set one thing twice', () => {
    expect(
      messages({
        'container-name': 'app',
        image: 'shop:2',
        images: 'app=shop:3',
        secrets: 'TOKEN=arn:aws:ssm:eu-west-1:123456789012:parameter/t',
        'environment-variables': 'TOKEN=hunter2hunter2\nA=1\nA=2'
      })
    ).toEqual([
      expect.stringMatching(/`environment-variables`: Line 3: "A" is there twice/),
      expect.stringMatching(/`image` and `images` both set the image of container "app"/)
    ])
    expect(
      messages({
        'container-name': 'app',
        secrets: 'TOKEN=arn:aws:ssm:eu-west-1:123456789012:parameter/t',
        'environment-variables': 'TOKEN=hunter2hunter2'
      })
    ).toEqual([expect.stringMatching(/`secrets` and `environment-variables` both set "TOKEN"/)])
  })

  it.each(['environment-variables', 'secrets', 'docker-labels', 'log-configuration-options'])(
    '%s never echoes a value',
    (input) => {
      const found = problems({
        'container-name': 'app',
        [input]: '=hunter2\nhunter2\nA =hunter2\nB=hunter2\nB=hunter2'
      })
      expect(found).toHaveLength(4)
      expect(JSON.stringify(found)).not.toContain('hunter2')
    }
  )

  it.each([
    ['npm start', ['npm', 'start']],
    ['npm  run\n start', ['npm', 'run', 'start']],
    ['["sh", "-c", "exec \'app\' now"]', ['sh', '-c', "exec 'app' now"]],
    ['[]', []]
  ])('command %s is accepted', (text, command) => {
    expect(settings({ 'container-name': 'app', command: text }).edits.command).toEqual(command)
  })

  it.each(['sh -c "hunter2"', "echo 'x'", '["a", 1]', '["hunter2"', '"hunter2"'])(
    'command %s is refused',
    (command) => {
      expect(problems({ 'container-name': 'app', command })).toEqual([
        {
          input: 'command',
          message:
            '`command`: Accepted: words without quotes, or a JSON array of strings such as ["npm", "start"].'
        }
      ])
    }
  )
})

describe('secrets', () => {
  it('refer to Secrets Manager or SSM, in any partition', () => {
    const references = [
      'arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop/db-AbCdEf',
      'arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop/db-AbCdEf:password::',
      'arn:aws-cn:ssm:cn-north-1:123456789012:parameter/shop/token',
      '/shop/token'
    ]
    const text = references.map((reference, index) => `N${index}=${reference}`).join('\n')
    expect(
      settings({ 'container-name': 'app', secrets: text }).edits.secrets.map(({ value }) => value)
    ).toEqual(references)
  })

  // Services that manage their secrets name them so: RDS (terraform-aws-rds-aurora#487), Redshift,
  // EventBridge's connections (Secrets Manager user guide, "Secrets managed by other services").
  it.each([
    'rds!cluster-1fcd41b2-194a-4993-930a-423037e3d94a-AbCdEf',
    'rds!db-1fcd41b2-194a-4993-930a-423037e3d94a-AbCdEf',
    'redshift!shop-admin-AbCdEf',
    'events!connection/shop/1fcd41b2-194a-4993-930a-423037e3d94a-AbCdEf'
  ])('refer to %s, with key, stage and version as ECS takes them', (name) => {
    const secret = `arn:aws:secretsmanager:eu-west-1:123456789012:secret:${name}`
    const references = [
      secret,
      `${secret}:password::`,
      `${secret}:db password::`,
      `${secret}::AWSPREVIOUS:`,
      `${secret}:::9d4cb84b-ad69-40c0-a0ab-cead3EXAMPLE`,
      `${secret}:password:AWSCURRENT:`
    ]
    const text = references.map((reference, index) => `N${index}=${reference}`).join('\n')
    expect(
      settings({ 'container-name': 'app', secrets: text }).edits.secrets.map(({ value }) => value)
    ).toEqual(references)
    expect(
      problems({ 'container-name': 'app', secrets: `N=${secret}:a:b:c:d` }).map(
        ({ input }) => input
      )
    ).toEqual(['secrets'])
  })

  it('are not given by value', () => {
    const found = problems({ 'container-name': 'app', secrets: 'DB=correct horse!' })
    expect(found).toEqual([
      { input: 'secrets', message: expect.stringMatching(/^`secrets`: Line 1: what follows "DB="/) }
    ])
    expect(JSON.stringify(found)).not.toContain('horse')
  })
})

describe('environment files', () => {
  // Buckets of us-east-1 from before March 2018 may have capitals, "_" and up to 255 characters
  // (S3 user guide, "General purpose bucket naming rules").
  it.each(['my_old_bucket', 'Shop.Config', 'b'.repeat(255), 'a-b.c'])(
    'may be in a bucket called %s',
    (bucket) => {
      const arn = `arn:aws:s3:::${bucket}/shop/prod.env`
      expect(
        settings({ 'container-name': 'app', 'env-files': arn }).edits.environmentFiles
      ).toEqual([arn])
    }
  )

  it.each(['b!', 'a b', 'ab', 'b'.repeat(256)])('are in no bucket called %s', (bucket) => {
    const found = problems({ 'container-name': 'app', 'env-files': `arn:aws:s3:::${bucket}/a.env` })
    expect(found.map(({ input }) => input)).toEqual(['env-files'])
  })
})

describe('hooks', () => {
  it('are read by event', () => {
    const arn = 'arn:aws-cn:lambda:cn-north-1:123456789012:function:gate:live'
    expect(settings({ hooks: `BeforeAllowTraffic=${arn}\nAfterInstall=smoke` }).hooks).toEqual([
      { event: 'BeforeAllowTraffic', function: arn },
      { event: 'AfterInstall', function: 'smoke' }
    ])
  })

  it('of another event or without a function are refused', () => {
    expect(messages({ hooks: 'BeforeAllowTrafic=gate\nAfterInstall=\nApplicationStop=x' })).toEqual(
      [
        expect.stringMatching(
          /Line 1: "BeforeAllowTrafic" is unknown.*Did you mean BeforeAllowTraffic\?/
        ),
        expect.stringMatching(/Line 2: nothing after the "="/),
        expect.stringMatching(/Line 3: "ApplicationStop" is unknown\. Accepted: BeforeInstall, /)
      ]
    )
  })
})

describe('strictness', () => {
  it.each(['true', 'True', 'TRUE'])('%s is true', (value) => {
    expect(settings({ 'dry-run': value }).dryRun).toBe(true)
  })

  it.each(['yes', '1', 'tRUE', 'on', 'null'])('%s is no boolean', (value) => {
    expect(problems({ 'require-approval': value })).toEqual([
      {
        input: 'require-approval',
        value,
        message: `\`require-approval\`: "${value}" is not accepted. Accepted: true or false.`
      }
    ])
  })

  it.each(['0', '-5', '1.5', '30 minutes', '7201', '1e2', '0x10', '007', 'NaN', '١٢'])(
    'wait-for-minutes %s is refused',
    (value) => {
      expect(messages({ 'wait-for-minutes': value })).toEqual([
        expect.stringContaining('a whole number of minutes from 1 to 7200')
      ])
    }
  )

  it('accepts the ends of a range', () => {
    expect(settings({ 'wait-for-minutes': '7200', 'max-retries': '0' })).toMatchObject({
      waitForMinutes: 7200,
      maxRetries: 0
    })
  })

  it.each([
    ['wait-for', 'complete', 'completed'],
    ['on-active-deployment', 'atach', 'attach'],
    ['on-timeout', 'stop-and-roll-back', 'stop-and-rollback'],
    ['log-configuration-log-driver', 'awslog', 'awslogs']
  ])('%s: %s asks for %s', (input, value, meant) => {
    expect(messages({ 'container-name': 'app', image: 'shop:2', [input]: value })).toEqual([
      expect.stringContaining(`Did you mean ${meant}?`)
    ])
  })

  it.each([
    ['service', 'my service'],
    ['cluster', 'arn:aws:ecs:eu-west-1:123456789012:service/x'],
    ['role-to-assume', 'deployer'],
    ['role-to-assume', 'arn:aws:iam::123456789012:user/me'],
    ['role-session-name', 'a'],
    ['role-session-name', 'has space'],
    ['aws-region', 'Frankfurt'],
    ['gate-function', 'arn:aws:sns:eu-west-1:123456789012:topic'],
    ['codedeploy-deployment-description', 'x'.repeat(257)],
    ['codedeploy-application', 'x'.repeat(101)],
    ['codedeploy-appspec', 'a\nb'],
    ['container-name', 'app worker'],
    ['env-files', 's3://bucket/a.env']
  ])('%s: %s is refused', (input, value) => {
    const inputs = { 'container-name': 'app', image: 'shop:2', [input]: value }
    expect(problems(inputs).map(({ input }) => input)).toEqual([input])
  })

  it.each([
    ['arn:aws:iam::123456789012:role/deploy', 'eu-west-1'],
    ['arn:aws-cn:iam::123456789012:role/ci/deploy', 'cn-northwest-1'],
    ['arn:aws-us-gov:iam::123456789012:role/deploy', 'us-gov-east-1'],
    ['arn:aws-eusc:iam::123456789012:role/deploy', 'eusc-de-east-1']
  ])('%s in %s is accepted', (roleToAssume, region) => {
    expect(settings({ 'role-to-assume': roleToAssume, 'aws-region': region })).toMatchObject({
      roleToAssume,
      region
    })
  })

  it('requires the service, which the runner does not', () => {
    expect(messages({ service: '' })).toEqual(['`service` is required and not set. Set it.'])
  })

  it('reports every problem at once', () => {
    expect(() => settings({ service: '', 'wait-for': 'x', 'max-retries': 'many' })).toThrow(
      /^3 problems with the inputs:\n- `service`.*\n- `wait-for`.*\n- `max-retries`.*$/
    )
  })

  it('quotes a long value in part and on one line', () => {
    const [message = ''] = messages({ 'wait-for': `${'x'.repeat(500)}\n::error::y` })
    expect(message.length).toBeLessThan(300)
    expect(message).not.toContain('\n')
  })
})

describe('service and cluster', () => {
  const arnOf = (cluster: string, region = 'eu-west-1', account = '123456789012') =>
    `arn:aws:ecs:${region}:${account}:service/${cluster}web`
  const PLACE = { partition: 'aws', region: 'eu-west-1', account: '123456789012' }
  const OF_CLUSTER = 'arn:aws:ecs:eu-west-1:123456789012:cluster/staging'

  it.each<[string, Inputs, object]>([
    ['names alone say no place', { service: 'web', cluster: 'prod' }, { cluster: 'prod' }],
    ['no cluster is the default one', { service: 'web', cluster: '' }, { cluster: 'default' }],
    [
      'the cluster is that of the ARN',
      { service: arnOf('staging/') },
      { cluster: 'staging', place: { ...PLACE, input: 'service', arn: arnOf('staging/') } }
    ],
    [
      'an old ARN has none',
      { service: arnOf(''), cluster: 'staging' },
      { cluster: 'staging', place: { ...PLACE, input: 'service', arn: arnOf('') } }
    ],
    [
      'nor has it, without `cluster`, another than the default one',
      { service: arnOf('') },
      { cluster: 'default', place: { ...PLACE, input: 'service', arn: arnOf('') } }
    ],
    [
      'the ARN of a cluster says where it is',
      { service: 'web', cluster: OF_CLUSTER },
      { cluster: 'staging', place: { ...PLACE, input: 'cluster', arn: OF_CLUSTER } }
    ],
    [
      'both may say the same',
      { service: arnOf('staging/'), cluster: OF_CLUSTER },
      { cluster: 'staging', place: { ...PLACE, input: 'service', arn: arnOf('staging/') } }
    ]
  ])('%s', (_, inputs, expected) => {
    expect(settings(inputs)).toMatchObject({ service: 'web', place: undefined, ...expected })
  })

  it.each<[Inputs, RegExp]>([
    [
      { service: arnOf('staging/'), cluster: 'prod' },
      /in cluster "staging" by its ARN .*`cluster` says "prod"/
    ],
    [{ service: arnOf('staging/'), cluster: 'default' }, /"staging".*"default"/],
    [
      { service: arnOf('', 'us-east-1'), cluster: OF_CLUSTER },
      /region us-east-1 by its ARN, and `cluster` the region eu-west-1/
    ],
    [
      { service: arnOf('', 'eu-west-1', '999999999999'), cluster: OF_CLUSTER },
      /account 999999999999 by its ARN, and `cluster` the account 123456789012/
    ],
    [
      { service: arnOf('').replace('arn:aws:', 'arn:aws-cn:'), cluster: OF_CLUSTER },
      /partition aws-cn by its ARN, and `cluster` the partition aws\./
    ],
    [
      { service: arnOf('staging/'), 'role-to-assume': 'arn:aws:iam::999999999999:role/release' },
      /account 123456789012 by its ARN, and `role-to-assume` is a role of account 999999999999/
    ]
  ])('what disagrees is refused, and both are named: %j', (inputs, message) => {
    expect(messages(inputs)).toEqual([expect.stringMatching(message)])
  })
})

describe('codedeploy-appspec', () => {
  it.each<[Inputs, object]>([
    [{}, { kind: 'default' }],
    [{ 'codedeploy-appspec': 'generate' }, { kind: 'generate' }],
    [{ 'codedeploy-appspec': './generate' }, { kind: 'file', path: './generate' }],
    [{ 'codedeploy-appspec': 'appspec.yml' }, { kind: 'file', path: 'appspec.yml' }],
    [{ 'rollback-to': 'previous' }, { kind: 'generate' }],
    [
      { 'rollback-to': 'previous', 'codedeploy-appspec': 'a.yml' },
      { kind: 'file', path: 'a.yml' }
    ]
  ])('%j', (inputs, source) => {
    expect(settings(inputs).appSpec).toMatchObject(source)
  })
})

describe('what the official actions know', () => {
  it.each([
    ['true', 'completed'],
    ['false', 'started']
  ])('wait-for-service-stability: %s is wait-for: %s', (stability, waitFor) => {
    expect(settings({ 'wait-for-service-stability': stability }).waitFor).toBe(waitFor)
    expect(settings({ 'wait-for-service-stability': stability, 'wait-for': waitFor }).waitFor).toBe(
      waitFor
    )
  })

  it('does not overrule wait-for silently', () => {
    expect(messages({ 'wait-for-service-stability': 'false', 'wait-for': 'approval' })).toEqual([
      '`wait-for-service-stability: false` means `wait-for: started`, and `wait-for` says approval. Keep `wait-for`.'
    ])
  })

  it.each(['false', 'False', 'FALSE'])('run-task: %s is no task', (value) => {
    expect(parseInputs(runnerEnv({ 'run-task': value })).warnings).toEqual([])
  })

  it('is ignored with a reason where we do not do it, in any spelling of the variable', () => {
    const { warnings } = parseInputs(
      runnerEnv({ 'desired-count': '3', 'run-task-assign-public-IP': 'ENABLED' })
    )
    expect(warnings).toEqual([
      expect.stringMatching(/^`desired-count` is ignored: .*UpdateService/),
      expect.stringMatching(/^`run-task-assign-public-IP` is ignored: without `run-task`/)
    ])
  })

  it('is not worth a warning where nothing is asked for', () => {
    expect(
      parseInputs(runnerEnv({ 'wait-for-task-stopped': 'False', 'force-new-deployment': 'false' }))
        .warnings
    ).toEqual([])
  })
})

describe('unknown inputs', () => {
  it('are refused with the closest name', () => {
    expect(messages({ 'require-aproval': 'true' })).toEqual([
      expect.stringContaining('Did you mean `require-approval`?')
    ])
    expect(messages({ colour: 'red' })).toEqual([expect.not.stringContaining('Did you mean')])
  })

  it('may come from env:, which the message says', () => {
    expect(problems({}, { INPUT_WAIT_FOR: 'x' })).toEqual([
      {
        input: 'wait_for',
        message:
          '`wait_for` is not an input of this action. Did you mean `wait-for`? Correct or remove it (an `env:` entry named INPUT_WAIT_FOR counts as one).'
      }
    ])
  })

  it('are no other variables', () => {
    expect(problems({}, { INPUTRC: '/etc/inputrc', MY_INPUT_X: '1' })).toEqual([])
  })
})

describe('a role’s session name without a role', () => {
  it('has no effect, and that is said', () => {
    expect(parseInputs(runnerEnv({ 'role-session-name': 'me' })).warnings).toEqual([
      expect.stringContaining('`role-to-assume` is not set')
    ])
  })
})

describe('verification', () => {
  it.each(['verification.yml', 'release/v.yaml', './v.json', 'a/..b/c.yml'])(
    'accepts %s',
    (path) => {
      expect(settings({ verification: path }).verificationPath).toBe(path)
    }
  )

  it.each([
    '/etc/passwd.yml',
    '../secrets.yml',
    'a/../../b.yml',
    'a/..',
    '~/v.yml',
    'C:/v.yml',
    'a\\..\\b.yml',
    'verification.txt'
  ])('refuses %s: it is no file of the workspace', (path) => {
    expect(messages({ verification: path })).toEqual([
      expect.stringContaining('within the workspace')
    ])
  })
})

describe('a verification function without a verification', () => {
  const name = { 'verify-function': 'CodeDeployHook_release-gate-verify' }

  it('has no effect, and that is said', () => {
    expect(parseInputs(runnerEnv(name)).warnings).toEqual([
      '`verify-function` has no effect: `verification` is not set.'
    ])
    expect(parseInputs(runnerEnv({ ...name, verification: 'v.yml' })).warnings).toEqual([])
  })
})
