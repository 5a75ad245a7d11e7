const id = { type: 'string', pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$' } as const;
const text = { type: 'string', minLength: 1, maxLength: 512 } as const;
const count = { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER } as const;
const ordinal = { type: 'integer', minimum: 1, maximum: 999_999_999 } as const;
const sha256 = { type: 'string', pattern: '^[0-9a-f]{64}$' } as const;
const instant = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?Z$', format: 'date-time' } as const;
const versionId = { type: 'string', minLength: 1, maxLength: 1024 } as const;

/** All properties are required and no other is allowed: what this reader does not know it must not claim to have checked. */
const exactly = <T extends Record<string, object>>(properties: T) => ({
  type: 'object' as const,
  properties,
  required: Object.keys(properties),
  additionalProperties: false as const,
});

const stored = { stored_bytes: count, stored_sha256: sha256, version_id: versionId };
const plain = { rows: count, plain_bytes: count, plain_sha256: sha256 };

const objectSchema = exactly({
  path: { type: 'string', pattern: '^attempt-[1-9]\\d{0,8}/(data|metadata)(/[a-z0-9][a-z0-9._-]*)+\\.enc$' },
  ...plain,
  ...stored,
});

const dataSetSchema = exactly({
  path: { type: 'string', pattern: '^(data|metadata)/[a-z0-9][a-z0-9._-]*$' },
  kind: { enum: ['table', 'files', 'file_index', 'lobs', 'schema', 'reconciliation'] },
  ...plain,
  objects: { type: 'array', minItems: 1, items: objectSchema },
});

const keyWrapSchema = exactly({
  wrap_id: id,
  path: { type: 'string', pattern: '^keys/[A-Za-z0-9][A-Za-z0-9._-]{0,127}\\.json$' },
  kek: text,
  ...stored,
});

/** JSON Schema (draft 2020-12 vocabulary that draft-07 shares) of format version 1. */
export const manifestSchema = exactly({
  format: { const: 'lastcopy-archive' },
  format_version: { const: 1 },
  created_at: instant,
  tool: exactly({ name: text, version: text }),
  client_account_id: id,
  engagement_id: id,
  flow_id: id,
  system_id: id,
  job_id: id,
  attempt: ordinal,
  policy: exactly({ policy_id: text, version: ordinal, retention_period_days: count, retain_until: instant }),
  source: exactly({ kind: text, version: text }),
  snapshot: exactly({ id: text, taken_at: instant }),
  data_sets: { type: 'array', minItems: 1, items: dataSetSchema },
  key_wraps: { type: 'array', minItems: 1, items: keyWrapSchema },
  totals: exactly({ data_sets: count, objects: count, rows: count, plain_bytes: count, stored_bytes: count }),
});
