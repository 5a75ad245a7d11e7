import { Ajv, type ErrorObject } from 'ajv';
import addFormatsModule from 'ajv-formats';
import canonicalize from 'canonicalize';
import { CodedError } from '@lastcopy/kernel';
import { attemptOf, codecOf, wrapPath } from './layout.js';
import { manifestTotals, type Manifest, type ManifestDataSet } from './manifest.js';
import { manifestSchema } from './manifest-schema.js';

// The package is CommonJS whose default export is the function itself under some loaders and a namespace under others.
const addFormats = (addFormatsModule as unknown as { default?: typeof addFormatsModule.default }).default ?? addFormatsModule;
const ajv = new Ajv({ allErrors: true, strict: true });
(addFormats as unknown as (instance: Ajv) => void)(ajv);
const matches = ajv.compile<Manifest>(manifestSchema);

const fault = ({ instancePath, message, params }: ErrorObject): string =>
  `${instancePath || '/'} ${message ?? ''} ${JSON.stringify(params)}`.trim();

function duplicates(values: readonly string[]): string[] {
  const seen = new Set<string>();
  return values.filter((value) => seen.size === seen.add(value).size);
}

function dataSetFaults(dataSet: ManifestDataSet, attempt: number): string[] {
  const { objects, path } = dataSet;
  const faults: string[] = [];
  for (const field of ['rows', 'plain_bytes'] as const) {
    const total = objects.reduce((sum, object) => sum + object[field], 0);
    if (total !== dataSet[field]) faults.push(`${path}: ${field} is ${dataSet[field]}, its objects sum up to ${total}`);
  }
  for (const object of objects) {
    codecOf(object.path);
    // an earlier attempt's parts may be reused, a later one's cannot exist yet
    if (attemptOf(object.path) > attempt) faults.push(`${object.path} belongs to an attempt after ${attempt}`);
  }
  if (objects.length === 1 && objects[0]!.plain_sha256 !== dataSet.plain_sha256)
    faults.push(`${path}: its digest is not that of its only object`);
  return faults;
}

/** Contradictions that a schema cannot see. */
function contradictions(manifest: Manifest): string[] {
  const faults = manifest.data_sets.flatMap((dataSet) => dataSetFaults(dataSet, manifest.attempt));
  const paths = manifest.data_sets.flatMap(({ objects }) => objects.map(({ path }) => path));
  const named = [...duplicates(manifest.data_sets.map(({ path }) => path)), ...duplicates(paths)];
  faults.push(...named.map((path) => `${path} is named twice`));
  for (const { path, wrap_id } of manifest.key_wraps)
    if (path !== wrapPath(wrap_id)) faults.push(`wrap ${wrap_id} does not lie at ${path}`);
  const totals = manifestTotals(manifest.data_sets);
  for (const [name, value] of Object.entries(totals)) {
    const stated = manifest.totals[name as keyof typeof totals];
    if (stated !== value) faults.push(`totals.${name} is ${stated}, the data sets sum up to ${value}`);
  }
  return faults;
}

/** @throws ARCHIVE_MANIFEST_INVALID listing every fault */
export function assertManifest(value: unknown, name: string): asserts value is Manifest {
  const faults = matches(value) ? contradictions(value) : (matches.errors ?? []).map(fault);
  if (faults.length === 0) return;
  throw new CodedError('ARCHIVE_MANIFEST_INVALID', `${name}: ${faults.slice(0, 20).join('; ')}`, { details: { faults } });
}

/** RFC 8785: the one sequence of bytes that this manifest has. */
export function manifestBytes(manifest: Manifest): Buffer {
  return Buffer.from(canonicalize(manifest)!, 'utf8');
}

/** @throws ARCHIVE_MANIFEST_INVALID also when the bytes are not canonical, which a doubled field would hide behind */
export function parseManifest(bytes: Buffer, name: string): Manifest {
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch (cause) {
    throw new CodedError('ARCHIVE_MANIFEST_INVALID', `${name} is no JSON document.`, { cause });
  }
  assertManifest(value, name);
  if (!manifestBytes(value).equals(bytes)) throw new CodedError('ARCHIVE_MANIFEST_INVALID', `${name} is not in canonical form (RFC 8785).`);
  return value;
}
