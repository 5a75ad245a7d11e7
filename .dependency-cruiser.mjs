// Who may import whom. Each rule has a planted violation in test/tooling/boundaries.spec.ts.
const source = '^(apps|libs)/';
const spec = '[.-]spec\\.ts$|/testing/';
const slice = (folder) => `^apps/[^/]+/src/[^/]+/${folder}/`;

const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });
const only = (name, vendor, allowed) =>
  forbid(
    name,
    `${vendor} is imported by adapters alone; others speak to a port.`,
    { path: source, pathNot: [spec, ...allowed] },
    { path: `node_modules/${vendor}` },
  );

const adapters = slice('adapters');
const lib = (...names) => `^libs/(${names.join('|')})/`;

export default {
  forbidden: [
    forbid(
      'no-cycles',
      'A cycle has no first file to read.',
      { path: source },
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ),
    forbid('unresolved', 'An import that leads nowhere.', { path: source }, { couldNotResolve: true }),
    forbid('kernel-alone', 'The kernel depends on nothing.', { path: lib('kernel'), pathNot: spec }, { pathNot: lib('kernel') }),
    forbid('apps-apart', 'Services share contracts, never code.', { path: '^apps/([^/]+)/' }, { path: '^apps/', pathNot: '^apps/$1/' }),
    forbid('libs-below-apps', 'A library knows no application.', { path: '^libs/' }, { path: '^apps/' }),
    forbid(
      'web-contracts-only',
      'The browser knows contracts alone.',
      { path: '^apps/web/' },
      { path: '^libs/', pathNot: lib('contracts') },
    ),
    forbid(
      'domain-pure',
      'Domain files import the kernel and their own domain; contracts as types.',
      { path: slice('domain'), pathNot: spec },
      { pathNot: [lib('kernel', 'contracts'), '^apps/[^/]+/src/[^/]+/domain/'] },
    ),
    forbid(
      'domain-contract-types',
      'Contracts bring decorators and validators along: the domain takes their types alone.',
      { path: slice('domain'), pathNot: spec },
      { path: lib('contracts'), dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'ports-know-domain',
      'A port is said in our own words.',
      { path: slice('ports'), pathNot: spec },
      { pathNot: [lib('kernel', 'contracts'), slice('domain'), slice('ports')] },
    ),
    forbid(
      'behind-ports',
      'Commands, projections and reactors reach the outside through ports.',
      { path: slice('(commands|projections|reactors)'), pathNot: spec },
      { path: slice('adapters') },
    ),
    forbid(
      'tests-apart',
      'Production code imports no test code.',
      { path: source, pathNot: [spec, lib('testkit')] },
      { path: [spec, lib('testkit')] },
    ),
    only('aws-sdk', '@aws-sdk', [lib('object-store'), adapters]),
    only('aws-crypto', '@aws-crypto', [lib('archive-format'), adapters]),
    only('pg', '(pg|pg-copy-streams)/', [lib('eventing', 'source-postgresql', 'testkit', 'demo-systems', 'platform'), adapters]),
    only('nats', '(@nats-io|nats)/', [lib('eventing', 'platform', 'testkit'), '^apps/cli/', adapters]),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['@lastcopy/source', 'import', 'types', 'node', 'default'] },
  },
};
