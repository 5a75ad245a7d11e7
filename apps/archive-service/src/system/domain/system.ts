import type { SystemConnectionTested, SystemRegistered } from '@lastcopy/contracts';
import { assertNever, DomainError, type Decider, type Event } from '@lastcopy/kernel';

export type SystemEvent = Event<'SystemRegistered', SystemRegistered> | Event<'SystemConnectionTested', SystemConnectionTested>;
export type SystemCommand =
  { type: 'Register'; system: SystemRegistered } | { type: 'RecordConnectionTest'; result: SystemConnectionTested };

/** A retiring system of the inventory. */
export interface System {
  readonly registered: SystemRegistered | null;
  readonly lastTest: SystemConnectionTested | null;
}

/** Absent and null are the same fact. */
const comparable = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(
          Object.entries(part)
            .filter(([, field]) => field !== null && field !== undefined)
            .sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : part,
  );

function decide(command: SystemCommand, { registered }: System): SystemEvent[] {
  switch (command.type) {
    case 'Register':
      if (!registered) return [{ type: 'SystemRegistered', data: command.system }];
      if (comparable(registered) === comparable(command.system)) return [];
      throw new DomainError('SYSTEM_EXISTS', `System ${registered.system_id} is registered already, with other data.`, {
        system_id: registered.system_id,
      });
    case 'RecordConnectionTest':
      if (!registered) throw new DomainError('SYSTEM_UNKNOWN', `There is no system ${command.result.system_id}.`);
      return [{ type: 'SystemConnectionTested', data: command.result }];
    default:
      return assertNever(command);
  }
}

function evolve(system: System, event: SystemEvent): System {
  switch (event.type) {
    case 'SystemRegistered':
      return { ...system, registered: event.data };
    case 'SystemConnectionTested':
      return { ...system, lastTest: event.data };
    default:
      return assertNever(event);
  }
}

/** Errors: SYSTEM_EXISTS (the id stands for other data), SYSTEM_UNKNOWN. */
export const systemDecider: Decider<SystemCommand, System, SystemEvent> = {
  initial: { registered: null, lastTest: null },
  decide,
  evolve,
};
