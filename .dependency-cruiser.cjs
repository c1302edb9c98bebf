const layer = (name) => `^${name}/`;
/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: ['\\.test\\.ts$', '^tests/', '^scripts/', '(^|/)(main|index)\\.ts$', '\\.config\\.', '^\\.'],
      },
      to: {},
    },
    {
      name: 'domain-is-pure',
      severity: 'error',
      from: { path: layer('domain'), pathNot: ['\\.test\\.ts$', layer('domain/agenda')] },
      to: { pathNot: layer('domain') },
    },
    {
      // Calendars are no business of ours: pure libraries know time zones, dates in words and iCalendar.
      name: 'agenda-takes-pure-libraries',
      severity: 'error',
      from: { path: layer('domain/agenda'), pathNot: '\\.test\\.ts$' },
      to: { pathNot: [layer('domain'), 'node_modules/(temporal-polyfill|chrono-node|ical\\.js|fflate)/'] },
    },
    {
      // Time zone rules change with a library: what they say is computed in an activity and recorded.
      name: 'workflows-compute-no-calendar',
      severity: 'error',
      from: { path: layer('workflows') },
      to: { path: layer('domain/agenda'), dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'contracts-stay-small',
      severity: 'error',
      from: { path: layer('contracts') },
      to: { pathNot: ['^(contracts|domain)/', '@temporalio/(common|workflow)'] },
    },
    {
      name: 'workflows-run-only-pure-code',
      severity: 'error',
      from: { path: layer('workflows') },
      to: {
        pathNot: ['^(workflows|contracts|domain)/', '@temporalio/(common|workflow)'],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'workflows-know-activities-by-type',
      severity: 'error',
      from: { path: layer('workflows') },
      to: { pathNot: ['^(workflows|contracts|domain|activities)/', '@temporalio/'] },
    },
    {
      name: 'activities-get-adapters-injected',
      severity: 'error',
      from: { path: layer('activities') },
      to: {
        path: '^(workflows|workers|api|bot|client|web|config|sandbox)/|^providers/(?!errors)|^db/(orm|migrations)',
      },
    },
    {
      name: 'providers-know-ports-only',
      severity: 'error',
      from: { path: layer('providers') },
      to: { path: '^(workflows|workers|api|bot|client|db|config|sandbox)/|^activities/(?!ports)' },
    },
    {
      name: 'db-knows-domain-only',
      severity: 'error',
      from: { path: layer('db') },
      to: { path: '^(workflows|activities|workers|api|bot|client|providers|config|sandbox)/' },
    },
    {
      name: 'client-starts-workflows-by-type',
      severity: 'error',
      from: { path: layer('client') },
      to: { path: '^workflows/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'edges-go-through-client',
      severity: 'error',
      from: { path: '^(api|bot)/', pathNot: '^api/main\\.ts$' },
      to: { path: '^(workflows|activities|workers|providers)/' },
    },
    {
      // A search embeds its query itself: as an activity each keystroke would be a workflow. A picture is drawn when it is asked for.
      name: 'api-main-composes-the-query-embedder',
      severity: 'error',
      from: { path: '^api/main\\.ts$' },
      to: { path: '^(workflows|activities|workers)/|^providers/(?!(openai|pictures)/)' },
    },
    {
      name: 'sandbox-is-for-tests-and-the-launcher',
      severity: 'error',
      from: { pathNot: '^(sandbox|tests|bench|scripts)/' },
      to: { path: layer('sandbox') },
    },
    {
      name: 'no-dev-deps-in-code',
      severity: 'error',
      from: { pathNot: ['^(tests|scripts|bench|sandbox)/', '\\.test\\.ts$', '\\.config\\.'] },
      to: { dependencyTypes: ['npm-dev'] },
    },
  ],
  options: {
    tsPreCompilationDeps: true, // see type-only imports
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|web)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'default'],
      extensions: ['.ts', '.js'],
    },
  },
};
