import { Alias, isMap, isScalar, isSeq, LineCounter, parseDocument, stringify, visit, type Document, type Node } from 'yaml';
import { mostImportedPolicies, parseAs, PolicyTermsInput, type FieldFault } from '@lastcopy/contracts';
import { CodedError, isCodedError } from '@lastcopy/kernel';
import { approvalRoles } from '@lastcopy/contracts';
import type { PolicyRecord } from '../records/policy-record.js';

const formatVersion = 1;
/** More than any catalogue of policies needs. */
export const mostYamlBytes = 262_144;

const fields = Object.keys({
  ...new PolicyTermsInput(),
  ...{ policy_name: '', retention_period_days: 0, storage_location: '' },
}) as (keyof PolicyTermsInput)[];

/** The policies that are not retired, as `parsePolicies` reads them again. */
export function policiesAsYaml(policies: readonly PolicyRecord[]): string {
  const ordered: (keyof PolicyTermsInput)[] = ['policy_name', ...fields.filter((field) => field !== 'policy_name')];
  const standing = policies.filter(({ status }) => status !== 'inactive');
  const entries = standing.map((policy) => {
    const terms = { ...policy, retention_starts: policy.retention_starts ?? 'manifest_timestamp' };
    const whole: Partial<Record<string, unknown>> = { ...terms, required_approvals: policy.required_approvals ?? [...approvalRoles] };
    return Object.fromEntries(ordered.map((field) => [field, whole[field]]));
  });
  return stringify({ lastcopy_policies: formatVersion, policies: entries }, { lineWidth: 0, aliasDuplicateObjects: false });
}

/** Nobody reads more, and an answer must not be larger than what it answers. */
const mostFaults = 50;

function refused(all: FieldFault[]): never {
  const more = all.length - mostFaults;
  const errors = more > 0 ? [...all.slice(0, mostFaults), { pointer: '', detail: `and ${more} more` }] : all;
  const listed = errors.map(({ pointer, detail }) => `${pointer || '/'}: ${detail}`).join('; ');
  throw new CodedError('VALIDATION_FAILED', `The file is not valid: ${listed}`, { details: { errors } });
}

/** Says of each fault in which line of the file it stands. */
class Lines {
  constructor(
    private readonly document: Document,
    private readonly counter: LineCounter,
  ) {}

  faultAt(node: unknown, pointer: string, detail: string): FieldFault {
    const offset = (node as Node | null)?.range?.[0];
    return { pointer, detail: offset === undefined ? detail : `line ${this.counter.linePos(offset).line}: ${detail}` };
  }

  /** The fault of a JSON pointer, at the nearest node that is in the file. */
  faultOf({ pointer, detail }: FieldFault): FieldFault {
    const path = pointer
      .split('/')
      .slice(1)
      .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
    for (let length = path.length; length >= 0; length -= 1) {
      const node = this.document.getIn(path.slice(0, length), true);
      if (node) return this.faultAt(node, pointer, detail);
    }
    return { pointer, detail };
  }
}

/** Aliases could make a small file endless, and tags name types of other programs: neither is needed here. */
function refuseAliases(document: Document, lines: Lines): void {
  const faults: FieldFault[] = [];
  visit(document, {
    Alias: (_key, node: Alias) => void faults.push(lines.faultAt(node, '', 'aliases are not allowed; write the value out')),
    Node: (_key, node) => {
      if (node.tag?.startsWith('!')) faults.push(lines.faultAt(node, '', `the tag ${node.tag} is not allowed`));
    },
  });
  if (faults.length > 0) refused(faults);
}

/** Counted here with a set a map: the parser compares each key with every other, which a file of many keys makes endless. */
function refuseRepeatedKeys(document: Document, lines: Lines): void {
  const faults: FieldFault[] = [];
  visit(document, {
    Map: (_key, node) => {
      const seen = new Set<string>();
      for (const { key } of node.items) {
        const name = isScalar(key) ? String(key.value) : '';
        if (seen.has(name)) faults.push(lines.faultAt(key, '', `the key "${name}" is there twice`));
        seen.add(name);
      }
    },
  });
  if (faults.length > 0) refused(faults);
}

function unknownKeys(node: unknown, allowed: readonly string[], pointer: string, lines: Lines): FieldFault[] {
  if (!isMap(node)) return [lines.faultAt(node, pointer, `must be a map with ${allowed.join(', ')}`)];
  return node.items.flatMap(({ key }) => {
    const name = isScalar(key) ? String(key.value) : '?';
    const known = allowed.includes(name);
    return known ? [] : [lines.faultAt(key, `${pointer}/${name}`, `unknown key "${name}"; known are ${allowed.join(', ')}`)];
  });
}

function termsFaults(entry: unknown, pointer: string): { terms: PolicyTermsInput | null; faults: FieldFault[] } {
  try {
    return { terms: parseAs(PolicyTermsInput, entry, 'The policy'), faults: [] };
  } catch (error) {
    if (!isCodedError(error)) throw error;
    const errors = (error.details?.errors ?? []) as FieldFault[];
    return { terms: null, faults: errors.map((fault) => ({ pointer: `${pointer}${fault.pointer}`, detail: fault.detail })) };
  }
}

export interface ParsedPolicies {
  readonly policies: PolicyTermsInput[];
  /** Tells the line of a fault that was found later. */
  locate(fault: FieldFault): FieldFault;
}

/** Reads a file of policies. Throws VALIDATION_FAILED with every fault and its line. */
export function parsePolicies(text: string): ParsedPolicies {
  const counter = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: counter,
    uniqueKeys: false,
    strict: true,
    version: '1.2',
    schema: 'core',
    merge: false,
  });
  const lines = new Lines(document, counter);
  const problems = [...document.errors, ...document.warnings];
  if (problems.length > 0) {
    refused(problems.map(({ message, linePos }) => ({ pointer: '', detail: `line ${linePos?.[0].line ?? 1}: ${message.split('\n')[0]}` })));
  }
  refuseAliases(document, lines);
  refuseRepeatedKeys(document, lines);
  const faults = unknownKeys(document.contents, ['lastcopy_policies', 'policies'], '', lines);
  if (faults.length > 0) refused(faults);
  if (document.get('lastcopy_policies') !== formatVersion) {
    refused([lines.faultOf({ pointer: '/lastcopy_policies', detail: `must be ${formatVersion}, the version of this format` })]);
  }
  const list = document.get('policies', true);
  if (!isSeq(list) || list.items.length < 1 || list.items.length > mostImportedPolicies) {
    refused([lines.faultOf({ pointer: '/policies', detail: `must be a list of 1 to ${mostImportedPolicies} policies` })]);
  }
  const strange = list.items.flatMap((item, index) => unknownKeys(item, fields, `/policies/${index}`, lines));
  if (strange.length > 0) refused(strange);
  const plain = (document.toJS({ maxAliasCount: 0 }) as { policies: unknown[] }).policies;
  const read = plain.map((entry, index) => termsFaults(entry, `/policies/${index}`));
  const wrong = read.flatMap((each) => each.faults.map((fault) => lines.faultOf(fault)));
  if (wrong.length > 0) refused(wrong);
  return { policies: read.map(({ terms }) => terms!), locate: (fault) => lines.faultOf(fault) };
}
