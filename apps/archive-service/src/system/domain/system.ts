import type { SystemChanges, SystemConnectionTested, SystemField, SystemRegistered, SystemRevised } from '@lastcopy/contracts';
import { assertNever, comparableJson, DomainError, type Decider, type Event } from '@lastcopy/kernel';
import {
  acceptedOf,
  decideClassification,
  evolveClassification,
  type Classification,
  type ClassificationCommand,
  type ClassificationEvent,
} from '../../classification/domain/classification.js';

export type SystemEvent =
  | Event<'SystemRegistered', SystemRegistered>
  | Event<'SystemRevised', SystemRevised>
  | Event<'SystemConnectionTested', SystemConnectionTested>
  | ClassificationEvent;
type Revise = { type: 'Revise'; system_id: string; changes: SystemChanges; reason: string; expectedVersion: number | null };
type Accept = Extract<ClassificationCommand, { type: 'AcceptClassification' }>;
export type SystemCommand =
  | { type: 'Register'; system: SystemRegistered }
  | Revise
  | { type: 'RecordConnectionTest'; result: SystemConnectionTested }
  | ClassificationCommand;

/** A retiring system of the inventory. */
export interface System {
  /** As it is described now. */
  readonly registered: SystemRegistered | null;
  /** Which description that is (0 before the registration), and which one brought the present source. */
  readonly version: number;
  readonly sourceVersion: number;
  readonly lastTest: SystemConnectionTested | null;
  /** The latest look at the source. */
  readonly classification: Classification | null;
}

const unknown = (systemId: string): DomainError => new DomainError('SYSTEM_UNKNOWN', `There is no system ${systemId}.`);

/** Fields that are never empty: null leaves them as they are. */
const lasting: readonly SystemField[] = ['system_name', 'source', 'data_classification', 'compliance_requirements'];

/** What of the description the changes make different. */
function differences(registered: SystemRegistered, changes: SystemChanges): Partial<SystemRegistered> {
  const given = Object.entries(changes) as [SystemField, unknown][];
  const asked = given.filter(([field, value]) => value !== undefined && !(value === null && lasting.includes(field)));
  return Object.fromEntries(asked.filter(([field, value]) => comparableJson(value) !== comparableJson(registered[field])));
}

function revise(command: Revise, { registered, version }: System): SystemEvent[] {
  const { system_id, changes, reason, expectedVersion } = command;
  if (!registered) throw unknown(system_id);
  if (expectedVersion !== null && expectedVersion !== version) {
    throw new DomainError('PRECONDITION_FAILED', `System ${system_id} is at version ${version}, not ${expectedVersion}.`, {
      system_id,
      version,
    });
  }
  const different = differences(registered, changes);
  const changed = Object.keys(different) as SystemField[];
  if (changed.length === 0) return [];
  return [{ type: 'SystemRevised', data: { ...registered, ...different, version: version + 1, reason, changed } }];
}

/** What is accepted is added to what the system is described with; to take something away, it is revised by hand. */
function accept(command: Accept, system: System): SystemEvent[] {
  const accepted = acceptedOf(command, system.classification, system.sourceVersion);
  if (!accepted) return [];
  const joined = (before: readonly string[], added: readonly string[]) => [...new Set([...before, ...added])];
  const { data_classification, compliance_requirements } = system.registered!;
  const changes = {
    data_classification: joined(data_classification, accepted.data_classification),
    compliance_requirements: joined(compliance_requirements, accepted.compliance_requirements),
  };
  const reason = command.reason ? `Classification accepted: ${command.reason}` : 'Classification accepted';
  const revision: Revise = { type: 'Revise', system_id: command.system_id, changes, reason, expectedVersion: null };
  return [{ type: 'ClassificationAccepted', data: accepted }, ...revise(revision, system)];
}

function register(system: SystemRegistered, { registered }: System): SystemEvent[] {
  if (!registered) return [{ type: 'SystemRegistered', data: system }];
  if (comparableJson(registered) === comparableJson(system)) return [];
  throw new DomainError('SYSTEM_EXISTS', `System ${registered.system_id} is registered already, with other data.`, {
    system_id: registered.system_id,
  });
}

const systemIdOf = (command: Exclude<ClassificationCommand, Accept>): string => {
  if (command.type === 'RecordSuggestion') return command.suggestion.system_id;
  return command.type === 'RecordClassificationFailure' ? command.failure.system_id : command.system_id;
};

function decide(command: SystemCommand, system: System): SystemEvent[] {
  switch (command.type) {
    case 'Register':
      return register(command.system, system);
    case 'Revise':
      return revise(command, system);
    case 'RecordConnectionTest':
      if (!system.registered) throw unknown(command.result.system_id);
      return [{ type: 'SystemConnectionTested', data: command.result }];
    case 'AcceptClassification':
      if (!system.registered) throw unknown(command.system_id);
      return accept(command, system);
    case 'RequestClassification':
    case 'RecordSuggestion':
    case 'RecordClassificationFailure':
    case 'DismissClassification':
      if (!system.registered) throw unknown(systemIdOf(command));
      return decideClassification(command, system.classification);
    default:
      return assertNever(command);
  }
}

function evolve(system: System, event: SystemEvent): System {
  switch (event.type) {
    case 'SystemRegistered':
      return { ...system, registered: event.data, version: 1, sourceVersion: 1 };
    case 'SystemRevised': {
      const { version, changed } = event.data;
      return { ...system, registered: event.data, version, sourceVersion: changed.includes('source') ? version : system.sourceVersion };
    }
    case 'SystemConnectionTested':
      return { ...system, lastTest: event.data };
    default:
      return { ...system, classification: evolveClassification(system.classification, event) };
  }
}

/** Errors: SYSTEM_EXISTS (the id stands for other data), SYSTEM_UNKNOWN, PRECONDITION_FAILED, CLASSIFICATION_STATE, CLASSIFICATION_OUTDATED. */
export const systemDecider: Decider<SystemCommand, System, SystemEvent> = {
  initial: { registered: null, version: 0, sourceVersion: 0, lastTest: null, classification: null },
  decide,
  evolve,
};
