import fc from 'fast-check'

/** Prefix of every value that a diff must not show. */
export const SECRET = 'hidden-'

const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,6}$/)
const secret = fc.stringMatching(/^[a-z0-9"\\ ]{0,6}$/).map((text) => SECRET + text)
const freeMap = fc.dictionary(fc.string({ minLength: 1, maxLength: 5 }), secret, { maxKeys: 3 })

function few<T>(element: fc.Arbitrary<T>): fc.Arbitrary<T[]> {
  return fc.array(element, { maxLength: 3 })
}

const port = fc.record(
  {
    containerPort: fc.integer({ min: 1, max: 4 }),
    hostPort: fc.integer({ min: 0, max: 4 }),
    protocol: fc.constantFrom('tcp', 'udp'),
    name
  },
  { requiredKeys: ['containerPort'] }
)

const container = fc.record(
  {
    name,
    image: name.map((text) => text.toLowerCase().replace(/[_-]/g, '')),
    cpu: fc.integer({ min: 0, max: 2 }),
    memory: fc.constantFrom(256, 512),
    essential: fc.boolean(),
    portMappings: few(port),
    environment: few(fc.record({ name, value: fc.oneof(secret, fc.constant('')) })),
    secrets: few(
      fc.record({ name: name.map((text) => `S_${text}`), valueFrom: fc.string({ minLength: 1 }) })
    ),
    command: few(secret),
    dockerLabels: freeMap,
    logConfiguration: fc.record({ logDriver: fc.constant('awslogs'), options: freeMap }),
    mountPoints: few(
      fc.record({ sourceVolume: name, readOnly: fc.boolean() }, { requiredKeys: ['sourceVolume'] })
    ),
    healthCheck: fc.record({ command: few(secret), interval: fc.constantFrom(10, 30) }),
    links: fc.constantFrom([], ['a'], null),
    user: fc.constantFrom('', 'root')
  },
  { requiredKeys: ['name', 'image'] }
)

/** Valid task definitions with everything that is compared in a way of its own. */
export const taskDefinition = fc.record(
  {
    family: fc.constant('web'),
    containerDefinitions: fc.uniqueArray(container, {
      minLength: 1,
      maxLength: 3,
      selector: (one) => one.name
    }),
    cpu: fc.constantFrom('256', 256, '1 vCPU', '1024'),
    memory: fc.constantFrom('512', 512, '2 GB', '2048'),
    networkMode: fc.constantFrom('awsvpc', 'bridge', null),
    requiresCompatibilities: fc.constantFrom([], ['EC2', 'FARGATE'], ['FARGATE', 'EC2']),
    volumes: few(fc.record({ name, host: fc.constantFrom({}, { sourcePath: '/a' }) })),
    tags: few(fc.record({ key: name, value: fc.string() })),
    revision: fc.nat(),
    status: fc.constant('ACTIVE'),
    placementConstraints: fc.constant([])
  },
  { requiredKeys: ['family', 'containerDefinitions'] }
)
