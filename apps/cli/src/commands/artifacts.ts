import path from 'node:path';
import type { Command } from 'commander';
import {
  artifactKinds,
  evidenceMoments,
  type ArtifactAnswer,
  type ArtifactDetailAnswer,
  type ArtifactKind,
  type EvidenceMoment,
  type EvidenceRequirementAnswer,
} from '@lastcopy/contracts';
import { longTimeoutMs } from '../api-client.js';
import { downloadDocument, formWith } from '../output/documents.js';
import { bytes, table } from '../output/table.js';
import { print, type CliContext } from './context.js';
import { flowPath, oneOf, segment, show, wholeNumber, type JsonFlag } from './flags.js';

const artifactPath = (id: string) => `/artifacts/${segment(id)}`;
const kindFlag = oneOf('<kind>', artifactKinds);

function describe(context: CliContext, document: ArtifactDetailAnswer): void {
  const { artifact_id, kind, filename, size_bytes, sha256, version, status, retain_until, retention_mode } = document;
  print(context, `${kind} ${artifact_id}, version ${version}: ${status}`);
  print(context, `  ${filename}, ${bytes(size_bytes)}, sha256 ${sha256}`);
  print(context, `  kept until ${retain_until}${retention_mode ? ` (${retention_mode})` : '; the store has not said so yet'}`);
}

const upload = (context: CliContext, to: string, form: FormData) =>
  context.api().post<ArtifactDetailAnswer>(to, form, { timeoutMs: longTimeoutMs });

async function list(context: CliContext, flowId: string, flags: JsonFlag): Promise<void> {
  show(context, flags, await context.api().get<ArtifactAnswer[]>(`${flowPath(flowId)}/artifacts`), (documents) => {
    const rows = documents.map((document) => [
      ...[document.artifact_id, document.kind, document.status, document.version, document.filename, bytes(document.size_bytes)],
      ...[document.uploaded_at, document.uploaded_by],
    ]);
    print(context, table(['ARTIFACT', 'KIND', 'STATUS', 'VERSION', 'FILE', 'SIZE', 'ATTACHED', 'BY'], rows));
  });
}

async function download(context: CliContext, id: string, flags: { to?: string; version?: number; force?: boolean }): Promise<void> {
  const document = await context.api().get<ArtifactDetailAnswer>(artifactPath(id));
  const wanted = document.history.find(({ version }) => version === (flags.version ?? document.version)) ?? document;
  const query = flags.version === undefined ? '' : `?version=${flags.version}`;
  const response = await context.api().fetch('GET', `${artifactPath(id)}/content${query}`, { timeoutMs: longTimeoutMs });
  const file = flags.to ?? path.basename(wanted.filename);
  await downloadDocument(response, wanted.sha256, file, flags.force ?? false);
  print(context, `Wrote ${file}, ${bytes(wanted.size_bytes)}, sha256 ${wanted.sha256}.`);
}

type RequireFlags = JsonFlag & { reason?: string; before?: EvidenceMoment; not?: boolean };

async function requirements(context: CliContext, flowId: string, kind: ArtifactKind | undefined, flags: RequireFlags): Promise<void> {
  const at = `${flowPath(flowId)}/evidence-requirements`;
  const api = context.api();
  let found = await api.get<EvidenceRequirementAnswer[]>(at);
  if (kind) {
    const before = flags.before ?? found.find((each) => each.kind === kind)?.before ?? 'transition';
    const requirement = { kind, required: !flags.not, before };
    found = await api.post<EvidenceRequirementAnswer[]>(at, { requirements: [requirement], reason: flags.reason ?? '' });
  }
  show(context, flags, found, () => {
    const rows = found.map((each) => [each.kind, each.required ? `before ${each.before}` : 'no', each.satisfied_by.length, each.hint]);
    print(context, table(['KIND', 'REQUIRED', 'THERE', 'IF MISSING'], rows));
  });
}

function registerChanges(artifacts: Command, context: CliContext): void {
  artifacts
    .command('attach <flow-id> <kind> <file>')
    .description(`attach a document: ${artifactKinds.join(', ')}`)
    .option('--title <text>')
    .option('--comment <text>')
    .option('--json')
    .action(async (flowId: string, kind: string, file: string, flags: JsonFlag & { title?: string; comment?: string }) => {
      const form = await formWith(file, { kind: kindFlag(kind), title: flags.title, comment: flags.comment });
      show(context, flags, await upload(context, `${flowPath(flowId)}/artifacts`, form), (document) => describe(context, document));
    });
  artifacts
    .command('replace <artifact-id> <file>')
    .description('put a new content in the place of the present one, which is kept')
    .requiredOption('--reason <text>', 'why')
    .option('--title <text>')
    .option('--comment <text>')
    .option('--json')
    .action(async (id: string, file: string, flags: JsonFlag & { reason: string; title?: string; comment?: string }) => {
      const form = await formWith(file, { reason: flags.reason, title: flags.title, comment: flags.comment });
      show(context, flags, await upload(context, `${artifactPath(id)}/replace`, form), (document) => describe(context, document));
    });
  artifacts
    .command('withdraw <artifact-id>')
    .description('a withdrawn document counts no more, and is kept')
    .requiredOption('--reason <text>', 'why')
    .option('--json')
    .action(async (id: string, flags: JsonFlag & { reason: string }) => {
      const document = await context.api().post<ArtifactDetailAnswer>(`${artifactPath(id)}/withdraw`, { reason: flags.reason });
      show(context, flags, document, () => describe(context, document));
    });
}

export function registerArtifacts(program: Command, context: CliContext): void {
  const artifacts = program.command('artifacts').description('the documents of a flow');
  artifacts
    .command('list <flow-id>')
    .option('--json')
    .action((flowId: string, flags) => list(context, flowId, flags as JsonFlag));
  registerChanges(artifacts, context);
  artifacts
    .command('download <artifact-id>')
    .description('the content, once its checksum is the one that was attached')
    .option('--to <file>', 'a new file; in this folder, under its own name, unless given')
    .option('--version <n>', 'an earlier content', wholeNumber('--version'))
    .option('--force', 'replace the file if there is one')
    .action((id: string, flags) => download(context, id, flags as { to?: string; version?: number; force?: boolean }));
  artifacts
    .command('require <flow-id> [kind]')
    .description('which documents the flow needs; with a kind, require it: someone of compliance or legal, with a reason')
    .option('--not', 'require it no more')
    .option('--before <moment>', evidenceMoments.join(' or '), oneOf('--before', evidenceMoments))
    .option('--reason <text>', 'why')
    .option('--json')
    .action((flowId: string, kind: string | undefined, flags) =>
      requirements(context, flowId, kind === undefined ? undefined : kindFlag(kind), flags as RequireFlags),
    );
}
