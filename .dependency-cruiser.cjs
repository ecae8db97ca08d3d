// The direction of imports in docs/architecture.md, enforced (`npm run lint`).
const deny = (name, from, to, comment) => ({ name, severity: 'error', comment, from, to })

module.exports = {
  forbidden: [
    deny('no-circular', {}, { circular: true }, 'a cycle has no first file to read'),
    deny(
      'release-is-pure',
      { path: '^src/(release|taskdef|appspec)/' },
      {
        path: '^(node_modules/)?@(aws-sdk|actions|smithy)/|^src/(action|controllers|aws|verification|gate)/',
        dependencyTypesNot: ['type-only']
      },
      'the domain knows neither AWS nor GitHub'
    ),
    deny(
      'names-stay-with-their-plane',
      {
        path: '^src/(release|verification|report-html|ledger|action)/',
        // The input `hooks` accepts the names of events that can run a function.
        pathNot: '^src/action/inputs/table\\.ts$'
      },
      { path: '^src/(appspec/|aws/deployment-words)' },
      'what decides compares stages and states, and no word of CodeDeploy'
    ),
    deny(
      'report-html-is-pure',
      { path: '^src/report-html/' },
      {
        path: '^(node_modules/)?@(aws-sdk|actions|smithy)/|^src/(action|controllers|aws|verification|gate|ledger)/'
      },
      'a page is made from a report and nothing else'
    ),
    deny(
      'aws-is-low',
      { path: '^src/aws/' },
      { path: '^src/(action|controllers|verification|gate|release/watch)/' },
      'aws is used, it uses nobody'
    ),
    deny(
      'controllers-below-action',
      { path: '^src/(controllers|verification)/' },
      { path: '^src/(action|gate)/' },
      'action composes controllers'
    ),
    deny(
      'gate-without-action',
      { path: '^src/gate/' },
      { path: '^src/(action|controllers)/' },
      'the Lambdas share plain types only'
    ),
    deny(
      'ledger-is-shared',
      { path: '^src/ledger/' },
      {
        path: '^src/(action|controllers|gate|release|taskdef|appspec|verification)/',
        dependencyTypesNot: ['type-only']
      },
      'the gate and the action both stand on it'
    ),
    deny(
      'gate-decides-alone',
      { path: '^src/gate/(policy|card|identity)/' },
      { path: '^(node_modules/)?@(aws-sdk|slack/web-api)/', dependencyTypesNot: ['type-only'] },
      'who may, what is shown and who asked need no AWS and no Slack'
    ),
    deny(
      'emulator-judges-src',
      { path: '^emulator/' },
      { path: '^src/' },
      'a judge does not share code with the judged'
    ),
    deny(
      'src-knows-no-tests',
      { path: '^src/' },
      { path: '^(emulator|demo|bench|scripts|__tests__|examples)/' },
      'nothing in src knows it is being tested'
    ),
    deny(
      'index-only-enters',
      { path: '^src/index\\.ts$' },
      { pathNot: '^src/action/' },
      'the entry imports and calls'
    )
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default']
    }
  }
}
