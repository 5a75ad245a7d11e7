import { Anchor, List, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { CopyText } from '../../ui/copy-text.js';
import { bytes, count, isoDuration, retention } from '../../ui/figures.js';
import { Moment } from '../../ui/moment.js';
import { usePersonName } from '../../ui/person-name.js';

export type Content = Record<string, unknown>;

function PersonName({ userId }: { userId: string }) {
  return usePersonName()(userId);
}

const text = (value: unknown): string =>
  value === null || value === undefined || value === '' ? 'none' : typeof value === 'object' ? JSON.stringify(value) : String(value);
const texts = (value: unknown): string => (Array.isArray(value) && value.length > 0 ? value.map(text).join(', ') : 'none');

const rules: Record<string, string> = {
  explicit: 'Chosen for the system',
  sensitivity: 'By the sensitivity of the data',
  compliance: 'By a legal requirement',
  default: 'The default policy',
  override: 'Chosen by a person against the rules',
};

const levels: Record<string, string> = {
  stored: 'Stored: the objects are there',
  fixity: 'Fixity: every byte was read back and compared',
  readable: 'Readable: every part was decrypted and parsed',
  restored: 'Restored: the archive was restored into an empty target',
  reconciled: 'Reconciled: what was restored has the source’s figures',
};

const kept: Record<string, string> = {
  COMPLIANCE: 'Compliance: nobody can shorten it',
  GOVERNANCE: 'Governance: who holds that permission can lift it',
};

interface Minimum {
  requirement: string;
  duration: string;
  clause: string;
}

const minima = (value: unknown): ReactNode => {
  const list = (Array.isArray(value) ? value : []) as Minimum[];
  if (list.length === 0) return 'none';
  return (
    <List size="sm">
      {list.map(({ requirement, duration, clause }) => (
        <List.Item key={requirement + clause}>
          {requirement}: at least {isoDuration(duration)} ({clause})
        </List.Item>
      ))}
    </List>
  );
};

const conflicts = (value: unknown): ReactNode => {
  const list = (Array.isArray(value) ? value : []) as { statement: string }[];
  if (list.length === 0) return 'none';
  return (
    <List size="sm">
      {list.map(({ statement }) => (
        <List.Item key={statement}>{statement}</List.Item>
      ))}
    </List>
  );
};

interface Resolution {
  resolution: string;
  reason: string;
  resolved_by_name: string;
  resolved_at: string;
}

const resolutions: Record<string, string> = {
  keep_minimum: 'What the law demands to keep is kept that long.',
  source_minimised: 'What no minimum covers was removed from the source.',
};

const resolution = (value: unknown): ReactNode => {
  if (!value) return 'none';
  const { resolution: kind, reason, resolved_by_name, resolved_at } = value as Resolution;
  return (
    <Text size="sm" component="span">
      {resolutions[kind] ?? kind} “{reason}” ({resolved_by_name}, <Moment at={resolved_at} />)
    </Text>
  );
};

function source(value: unknown): ReactNode {
  const { kind, host, port, database, user, path, schemas, ...rest } = (value ?? {}) as Content;
  if (kind === 'directory') return `Directory ${text(path)}`;
  if (kind !== 'postgresql') return text(value);
  const { secret_ref, ...others } = rest;
  return (
    <>
      PostgreSQL database “{text(database)}” at {text(host)}:{text(port)}, read as {text(user)} with the secret “{text(secret_ref)}”
      {Array.isArray(schemas) && `, schemas ${texts(schemas)}`}
      {Object.keys(others).length > 0 &&
        `; ${Object.entries(others)
          .map(([key, each]) => `${key.replaceAll('_', ' ')}: ${text(each)}`)
          .join(', ')}`}
    </>
  );
}

const digest = (label: string) => (value: unknown) =>
  value ? <CopyText text={String(value)} short={`${String(value).slice(0, 16)}…`} label={label} /> : 'none';

interface Field {
  label: string;
  show: (value: unknown, content: Content) => ReactNode;
}

/** How each field of the evidence is called and shown, in the order in which people ask. What only identifies is left to the signed text. */
const fields: Record<string, Field> = {
  source: { label: 'Source', show: source },
  policy_name: { label: 'Policy', show: (name, { policy_version }) => `${text(name)}, version ${text(policy_version)}` },
  rule: { label: 'Why this policy', show: (rule) => rules[String(rule)] ?? text(rule) },
  assigned_by: { label: 'Chosen by', show: (userId) => (userId ? <PersonName userId={text(userId)} /> : 'none') },
  retention_period_days: { label: 'Kept for', show: (days) => retention(Number(days)) },
  minima: { label: 'Legal minimum', show: minima },
  conflicts: { label: 'Retention conflicts', show: conflicts },
  resolution: { label: 'Resolution', show: resolution },
  data_classification: { label: 'Classification', show: texts },
  compliance_requirements: { label: 'Requirements', show: texts },
  encryption_required: { label: 'Encrypted', show: (value) => (value === true ? 'yes' : 'no') },
  verification_level: { label: 'Proof demanded', show: (level) => levels[String(level)] ?? text(level) },
  storage_location: { label: 'Stored at', show: text },
  locked_until: { label: 'Locked until', show: text },
  level: { label: 'Proof', show: (level) => levels[String(level)] ?? text(level) },
  rows: { label: 'Rows or files', show: (rows) => (typeof rows === 'number' ? count(rows) : text(rows)) },
  bytes: { label: 'Size', show: (size) => (typeof size === 'number' ? bytes(size) : text(size)) },
  archived_at: { label: 'Archived', show: (at) => <Moment at={at as string} /> },
  retain_until: { label: 'Locked until', show: (at) => <Moment at={at as string} /> },
  mode: { label: 'Lock', show: (mode) => kept[String(mode)] ?? text(mode) },
  manifest_sha256: { label: 'Manifest SHA-256', show: digest('manifest SHA-256') },
  proven_manifest_sha256: { label: 'Proven manifest', show: digest('proven manifest SHA-256') },
  location: { label: 'Location', show: (at) => <CopyText text={text(at)} short={shortPath(text(at))} label="location" /> },
  job_id: {
    label: 'Archive job',
    show: (id, { attempt }) => (
      <Anchor component={Link} to={`/decommission/jobs/${String(id)}`} size="sm">
        Open the job (attempt {text(attempt)})
      </Anchor>
    ),
  },
  title: { label: 'Title', show: text },
  filename: { label: 'File', show: text },
  media_type: { label: 'Type', show: text },
  sha256: { label: 'SHA-256', show: digest('SHA-256') },
  basis_sha256: { label: 'Digest of the facts it states', show: digest('digest of its facts') },
};

/** Only identify what other fields say, or are shown with one. */
const silent = new Set(['system_id', 'policy_id', 'assignment_id', 'artifact_id', 'kind', 'policy_version', 'attempt']);

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

function shortPath(path: string): string {
  return path.length <= 40 ? path : `${path.slice(0, 24)}…${path.slice(-14)}`;
}

export interface ShownField {
  name: string;
  label: string;
  show: (content: Content) => ReactNode;
}

/** The fields of a part that people read; one that has no words of its own keeps its name. */
export function fieldsOf(...contents: (Content | null | undefined)[]): ShownField[] {
  const said = (content: Content | null | undefined) => Object.entries(content ?? {}).filter(([, value]) => value !== null);
  const names = new Set(contents.flatMap((content) => said(content).map(([name]) => name)));
  const known = Object.keys(fields).filter((name) => names.has(name));
  const others = [...names].filter((name) => !(name in fields) && !silent.has(name));
  return [...known, ...others].map((name) => {
    const field = fields[name] ?? { label: capital(name.replaceAll('_', ' ')), show: text };
    return { name, label: field.label, show: (content) => (name in content ? field.show(content[name], content) : 'none') };
  });
}
