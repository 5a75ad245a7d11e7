import type { ConnectionReport, SourceDescription, TestSystemConnection } from '@lastcopy/contracts';
import { decideAndAppend, type CommandAnswer, type CommandContext, type EventStore } from '@lastcopy/eventing';
import { CodedError, DomainError, fold, isCodedError } from '@lastcopy/kernel';
import { systemDecider, type SystemEvent } from '../domain/system.js';
import type { SourceDiagnosis } from '../ports/source-diagnosis.js';

async function registeredSource(store: EventStore, context: CommandContext, systemId: string): Promise<SourceDescription> {
  return store.transact(context, async (tx) => {
    const { events } = await tx.load('system', systemId);
    const { registered } = fold(systemDecider, events as readonly object[] as readonly SystemEvent[]);
    if (!registered) throw new DomainError('SYSTEM_UNKNOWN', `There is no system ${systemId}.`);
    return registered.source;
  });
}

const failedReport = ({ code, message, hint }: CodedError): ConnectionReport => ({
  passed: false,
  code,
  message,
  hint,
  server_version: null,
  size_bytes: null,
  warnings: [],
});

async function report(diagnosis: SourceDiagnosis, context: CommandContext, source: SourceDescription): Promise<ConnectionReport> {
  try {
    const { serverVersion, sizeBytes, warnings } = await diagnosis.diagnose(context.tenant, source);
    const message = 'The source can be reached and everything in it can be read.';
    return { passed: true, code: null, message, hint: null, server_version: serverVersion, size_bytes: sizeBytes, warnings };
  } catch (error) {
    return failedReport(isCodedError(error) ? error : new CodedError('INTERNAL', (error as Error).message, { cause: error }));
  }
}

/** Tries the source and keeps the result; a test that fails is an answer, not an error. Errors: SYSTEM_UNKNOWN. */
export async function testSystemConnection(
  store: EventStore,
  diagnosis: SourceDiagnosis,
  context: CommandContext,
  command: TestSystemConnection,
): Promise<CommandAnswer<ConnectionReport>> {
  const answer = await report(diagnosis, context, await registeredSource(store, context, command.system_id));
  return store.execute(context, 'TestSystemConnection', command, async (tx) => {
    const { passed, code, message } = answer;
    const result = { system_id: command.system_id, passed, code, message };
    const token = await decideAndAppend(tx, systemDecider, 'system', command.system_id, { type: 'RecordConnectionTest', result });
    return { ...token, answer };
  });
}
