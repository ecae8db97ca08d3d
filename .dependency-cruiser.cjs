// The direction of imports in docs/architecture.md, enforced (`npm run lint`).
const deny = (name, from, to, comment) => ({ name, severity: 'error', comment, from, to })

module.exports = {
  forbidden: [
    deny('no-circular', {}, { circular: true }, 'a cycle has no first file to read'),
    deny(
      'release-is-pure',
      { path: '^src/(release|taskdef)/' },
      {
        path: '^(node_modules/)?@(aws-sdk|actions|smithy)/|^src/(action|flow|controllers|aws|verification|gate)/',
        dependencyTypesNot: ['type-only']
      },
      'the domain knows neither AWS nor GitHub'
    ),
    deny(
      'planes-stand-apart',
      { path: '^src/controllers/([^/]+)/' },
      { path: '^src/controllers/[^/]+/', pathNot: '^src/controllers/$1/' },
      'a control plane knows no other one'
    ),
    deny(
      'planes-are-chosen',
      {
        path: '^src/',
        pathNot: [
          '^src/controllers/',
          '^src/gate/(entries/|runtime/planes\\.ts$)',
          // The input `hooks` accepts the names of events that can run a function.
          '^src/action/inputs/table\\.ts$',
          // The inputs `steps` and `approve` accept what a failover's steps can be.
          '^src/action/inputs/failover\\.ts$'
        ]
      },
      { path: '^src/controllers/[^/]+/' },
      'what holds for every control plane is written for none of them'
    ),
    deny(
      'codedeploy-is-one-folder',
      { path: '^src/', pathNot: '^src/controllers/codedeploy/' },
      { path: '^(node_modules/)?@aws-sdk/client-codedeploy' },
      'only the plane of CodeDeploy asks CodeDeploy'
    ),
    deny(
      'report-html-is-pure',
      { path: '^src/report-html/' },
      {
        path: '^(node_modules/)?@(aws-sdk|actions|smithy)/|^src/(action|flow|controllers|aws|verification|gate|ledger)/'
      },
      'a page is made from a report and nothing else'
    ),
    deny(
      'aws-is-low',
      { path: '^src/aws/' },
      { path: '^src/(action|flow|controllers|verification|gate|release/watch)/' },
      'aws is used, it uses nobody'
    ),
    deny(
      'action-is-on-top',
      { path: '^src/(flow|controllers|verification)/' },
      { path: '^src/action/' },
      'the action composes a release; a release knows nothing of GitHub'
    ),
    deny(
      'gate-and-release-meet-in-the-ledger',
      { path: '^src/(flow|controllers/[^/]+/(release|reader|appspec)|verification)/' },
      { path: '^src/gate/' },
      'what a job and the gate tell each other stands in the ledger'
    ),
    deny(
      'gate-without-action',
      { path: '^src/gate/' },
      { path: '^src/(action|flow)/' },
      'the Lambdas share plain types only'
    ),
    deny(
      'ledger-is-shared',
      { path: '^src/ledger/' },
      {
        path: '^src/(action|flow|controllers|gate|release|taskdef|verification)/',
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
      'a-language-is-loaded-when-it-is-spoken',
      { path: '^src/', pathNot: '^src/words/ko/' },
      { path: '^src/words/ko/', dependencyTypesNot: ['dynamic-import'] },
      'a run in English does not pay for another language'
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
