import { errorRegistry } from '@lastcopy/kernel';
import type { GateCheck } from '../gate-check.js';

/** What a log says counts only while it is one log, and while everything in it was understood. */
export const logsIntact: GateCheck = ({ forks, parked }) => [
  ...forks.map(({ source, reason }) => ({
    code: 'EVENT_FORK',
    message: `The log of ${source} contradicts what it said before: ${reason}.`,
    hint: errorRegistry.EVENT_FORK.hint,
  })),
  ...parked.map(({ stream_id, subscription, code }) => ({
    code: 'EVENTS_PARKED',
    message: `Events of ${stream_id} were set aside by ${subscription} (${code}).`,
    hint: 'Look at the alerts, mend the cause and take the parked events up again.',
  })),
];
