import type { ApprovalRole, FlowSystem, ScopePart } from '@lastcopy/contracts';
import { canonicalJson, sha256Hex } from '@lastcopy/eventing';
import { scopeContent, type ContentPart, type ScopeFacts } from './scope-content.js';

export type { ScopeFacts } from './scope-content.js';

/** What an approval rests on: exactly this, and no other approval. */
export interface ApprovalScope {
  role: ApprovalRole;
  /** In words. */
  statement: string;
  /** SHA-256 (hex) over the RFC 8785 bytes of `{flow_id, role, content}`. */
  hash: string;
  /** One a subject, so that a change can be named. */
  parts: ScopePart[];
}

/** An event has room for 400 KiB; a larger scope is kept as its hashes alone. */
const maxContentBytes = 300 * 1024;

const systemsInWords = (systems: readonly FlowSystem[]) =>
  `${systems.length} ${systems.length === 1 ? 'system' : 'systems'} (${systems.map((system) => system.system_name).join(', ')})`;

const statements: Record<ApprovalRole, (systems: string) => string> = {
  data_owner: (systems) => `Migration of the data of ${systems} under the retention policies assigned to them`,
  compliance: (systems) => `Archival method of ${systems}: policies, encryption, retention lock, level of verification`,
  legal: (systems) => `Retention of the verified archives of ${systems} and destruction of their sources`,
};

const withHash = ({ name, content }: ContentPart, withContent: boolean): ScopePart => {
  const sha256 = sha256Hex(canonicalJson(content));
  return withContent ? { name, sha256, content } : { name, sha256 };
};

/** Pure: what of a role's scope there is now, complete or not. */
export const presentParts = (role: ApprovalRole, facts: ScopeFacts): ScopePart[] =>
  scopeContent(role, facts).parts.map((part) => withHash(part, true));

/** Facts never change once they are read: each view, check and plan that looks at them asks for the same scopes. */
const known = new WeakMap<ScopeFacts, Map<ApprovalRole, ApprovalScope | null>>();

/** Pure: what a role approves, as it is now; null while it is not complete. */
export function scopeOf(role: ApprovalRole, facts: ScopeFacts): ApprovalScope | null {
  const scopes = known.get(facts) ?? new Map<ApprovalRole, ApprovalScope | null>();
  known.set(facts, scopes);
  if (!scopes.has(role)) scopes.set(role, makeScope(role, facts));
  return scopes.get(role)!;
}

function makeScope(role: ApprovalRole, facts: ScopeFacts): ApprovalScope | null {
  const { parts: content, complete } = scopeContent(role, facts);
  if (!complete) return null;
  const document = canonicalJson({ flow_id: facts.flow.flow_id, role, content });
  const fits = Buffer.byteLength(document) <= maxContentBytes;
  return {
    role,
    statement: statements[role](systemsInWords(facts.flow.systems)),
    hash: sha256Hex(document),
    parts: content.map((part) => withHash(part, fits)),
  };
}
