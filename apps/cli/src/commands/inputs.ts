import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { flowInputKinds, type DraftAnswer, type FlowInputAnswer, type FlowInputKind } from '@lastcopy/contracts';
import { CodedError } from '@lastcopy/kernel';
import { ApiError } from '../api-client.js';
import { print, printJson, type CliContext } from './context.js';
import { flowPath, oneOf, show, wholeNumber, type JsonFlag } from './flags.js';

interface DraftFlags extends JsonFlag {
  file?: string;
  text?: string;
  ifVersion?: number;
  discard?: boolean;
}

const inputsPath = (flowId: string) => `${flowPath(flowId)}/inputs`;
const kindOf = oneOf('<kind>', flowInputKinds);
const kinds = flowInputKinds.join(', ');

const draftOf = (context: CliContext, flowId: string, kind: FlowInputKind): Promise<DraftAnswer | null> =>
  context
    .api()
    .get<DraftAnswer>(`${inputsPath(flowId)}/${kind}/draft`)
    .catch(async (error: unknown) => {
      if (!(error instanceof ApiError && error.status === 404)) throw error;
      // It is the flow that may be missing, and not only the draft.
      await context.api().get(inputsPath(flowId));
      return null;
    });

function describe(context: CliContext, draft: DraftAnswer): void {
  print(context, `Draft of ${draft.kind}, version ${draft.version}, by ${draft.edited_by} at ${draft.edited_at}`);
  printJson(context, draft.content);
}

async function list(context: CliContext, flowId: string, flags: JsonFlag): Promise<void> {
  const inputs = await context.api().all<FlowInputAnswer>(inputsPath(flowId));
  const drafts = (await Promise.all(flowInputKinds.map((kind) => draftOf(context, flowId, kind)))).filter((draft) => draft !== null);
  show(context, flags, { inputs, drafts }, () => {
    for (const { kind, content, submitted_by, submitted_at } of inputs) {
      print(context, `${kind}, submitted by ${submitted_by} at ${submitted_at}`);
      printJson(context, content);
    }
    for (const draft of drafts) describe(context, draft);
    if (inputs.length + drafts.length === 0) print(context, `Nothing was submitted, and there is no draft. Kinds: ${kinds}`);
  });
}

async function contentOf(kind: FlowInputKind, { file, text }: DraftFlags): Promise<Record<string, unknown>> {
  if (text !== undefined && kind === 'progress_note') return { text };
  if (text !== undefined)
    throw new CodedError('VALIDATION_FAILED', `--text is for progress_note; the content of ${kind} comes with --file.`);
  if (file === undefined) throw new CodedError('VALIDATION_FAILED', 'Name the content with --file <json>.');
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
  } catch (cause) {
    throw new CodedError('VALIDATION_FAILED', `${file} is no JSON that can be read: ${(cause as Error).message}`, { cause });
  }
}

/** Shows a draft, saves one on the version that was looked at, or throws it away. */
async function draft(context: CliContext, flowId: string, kind: FlowInputKind, flags: DraftFlags): Promise<void> {
  const path = `${inputsPath(flowId)}/${kind}/draft`;
  const present = await draftOf(context, flowId, kind);
  const ifMatch = flags.ifVersion ?? present?.version;
  const sent = ifMatch === undefined ? {} : { ifMatch };
  if (flags.discard) {
    const answer = ifMatch === undefined ? { discarded: false } : await context.api().delete<{ discarded: boolean }>(path, sent);
    return show(context, flags, answer, ({ discarded }) => print(context, discarded ? 'Discarded.' : 'There was no draft.'));
  }
  if (flags.file === undefined && flags.text === undefined) {
    if (!present) throw new CodedError('NOT_FOUND', `Flow ${flowId} has no draft of ${kind}; make one with --file <json>.`);
    return show(context, flags, present, () => describe(context, present));
  }
  const saved = await context.api().put<DraftAnswer>(path, { content: await contentOf(kind, flags) }, sent);
  show(context, flags, saved, () => describe(context, saved));
}

async function submit(context: CliContext, flowId: string, kind: FlowInputKind, flags: JsonFlag & { ifVersion?: number }): Promise<void> {
  const ifMatch = flags.ifVersion ?? (await draftOf(context, flowId, kind))?.version;
  if (ifMatch === undefined)
    throw new CodedError('NOT_FOUND', `Flow ${flowId} has no draft of ${kind}: \`lastcopy inputs draft\` makes one.`);
  const input = await context.api().post<FlowInputAnswer>(`${inputsPath(flowId)}/${kind}/submit`, {}, { ifMatch });
  show(context, flags, input, () => print(context, `Submitted ${kind} as ${input.input_id}.`));
}

export function registerInputs(program: Command, context: CliContext): void {
  const inputs = program.command('inputs').description(`what people fill in by hand: ${kinds}`);
  inputs
    .command('show <flow-id>')
    .description('what was submitted, and the drafts')
    .option('--json')
    .action((flowId: string, flags) => list(context, flowId, flags as JsonFlag));
  inputs
    .command('draft <flow-id> <kind>')
    .description('show the draft, or save it, complete or not')
    .option('--file <json>', 'its content')
    .option('--text <text>', 'the content of a progress_note')
    .option('--discard', 'throw it away')
    .option('--if-version <n>', 'only if this is still the version that you looked at', wholeNumber('--if-version'))
    .option('--json')
    .action((flowId: string, kind: string, flags) => draft(context, flowId, kindOf(kind), flags as DraftFlags));
  inputs
    .command('submit <flow-id> <kind>')
    .description('check the draft in full, carry it out and record it')
    .option('--if-version <n>', 'only if this is still the version that you looked at', wholeNumber('--if-version'))
    .option('--json')
    .action((flowId: string, kind: string, flags) => submit(context, flowId, kindOf(kind), flags as JsonFlag & { ifVersion?: number }));
}
