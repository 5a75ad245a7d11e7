import type { SystemChanges, SystemConnectionTested, SystemField, SystemRegistered, SystemRevised } from '@lastcopy/contracts';
import { assertNever, DomainError, type Decider, type Event } from '@lastcopy/kernel';

export type SystemEvent =
  | Event<'SystemRegistered', SystemRegistered>
  | Event<'SystemRevised', SystemRevised>
  | Event<'SystemConnectionTested', SystemConnectionTested>;
export type SystemCommand =
  | { type: 'Register'; system: SystemRegistered }
  | { type: 'Revise'; system_id: string; changes: SystemChanges; reason: string; expectedVersion: number | null }
  | { type: 'RecordConnectionTest'; result: SystemConnectionTested };

/** A retiring system of the inventory. */
export interface System {
  /** As it is described now. */
  readonly registered: SystemRegistered | null;
  /** Which description that is; 0 before the registration. */
  readonly version: number;
  readonly lastTest: SystemConnectionTested | null;
}

/** Absent and null are the same fact. */
const comparable = (value: unknown): string =>
  JSON.stringify(value ?? null, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(
          Object.entries(part)
            .filter(([, field]) => field !== null && field !== undefined)
            .sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : part,
  );

const unknown = (systemId: string): DomainError => new DomainError('SYSTEM_UNKNOWN', `There is no system ${systemId}.`);

/** Fields that are never empty: null leaves them as they are. */
const lasting: readonly SystemField[] = ['system_name', 'source', 'data_classification', 'compliance_requirements'];

/** What of the description the changes make different. */
function differences(registered: SystemRegistered, changes: SystemChanges): Partial<SystemRegistered> {
  const given = Object.entries(changes) as [SystemField, unknown][];
  const asked = given.filter(([field, value]) => value !== undefined && !(value === null && lasting.includes(field)));
  return Object.fromEntries(asked.filter(([field, value]) => comparable(value) !== comparable(registered[field])));
}

function revise(command: Extract<SystemCommand, { type: 'Revise' }>, { registered, version }: System): SystemEvent[] {
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

function decide(command: SystemCommand, system: System): SystemEvent[] {
  const { registered } = system;
  switch (command.type) {
    case 'Register':
      if (!registered) return [{ type: 'SystemRegistered', data: command.system }];
      if (comparable(registered) === comparable(command.system)) return [];
      throw new DomainError('SYSTEM_EXISTS', `System ${registered.system_id} is registered already, with other data.`, {
        system_id: registered.system_id,
      });
    case 'Revise':
      return revise(command, system);
    case 'RecordConnectionTest':
      if (!registered) throw unknown(command.result.system_id);
      return [{ type: 'SystemConnectionTested', data: command.result }];
    default:
      return assertNever(command);
  }
}

function evolve(system: System, event: SystemEvent): System {
  switch (event.type) {
    case 'SystemRegistered':
      return { ...system, registered: event.data, version: 1 };
    case 'SystemRevised':
      return { ...system, registered: event.data, version: event.data.version };
    case 'SystemConnectionTested':
      return { ...system, lastTest: event.data };
    default:
      return assertNever(event);
  }
}

/** Errors: SYSTEM_EXISTS (the id stands for other data), SYSTEM_UNKNOWN, PRECONDITION_FAILED. */
export const systemDecider: Decider<SystemCommand, System, SystemEvent> = {
  initial: { registered: null, version: 0, lastTest: null },
  decide,
  evolve,
};
