import type { Blocker } from '@lastcopy/contracts';
import type { GateCheck } from '../gate-check.js';

const day = (timestamp: string) => timestamp.slice(0, 10);

/** A system under legal hold keeps its source: what a court may ask for is not destroyed. */
export const noSystemHeld: GateCheck = ({ flow, holds }) =>
  flow.systems.flatMap((system) =>
    holds
      .filter(({ scope }) => scope.kind === 'system' && scope.system_id === system.system_id)
      .map((hold): Blocker => ({
        code: 'LEGAL_HOLD',
        message: `System "${system.system_name}" is under legal hold for "${hold.matter}" since ${day(hold.placed_at)}.`,
        hint: 'Someone with the role legal releases the hold when the matter is over. Until then the source is not destroyed.',
        system_id: system.system_id,
      })),
  );

/** What does not block but must be known: an archive under hold is kept beyond its retention, and its source may go. */
export const archivesHeld: GateCheck = ({ flow, holds }) =>
  flow.systems.flatMap((system) =>
    holds
      .filter(({ scope }) => scope.kind === 'archive' && scope.system_id === system.system_id)
      .map(({ matter, placed_at, scope }): Blocker => ({
        code: 'ARCHIVE_HELD',
        message: `The archive of "${system.system_name}" is under legal hold for "${matter}" since ${day(placed_at)}.`,
        hint: 'It is kept beyond its retention until the last hold on it is released. The source may be shut down.',
        system_id: system.system_id,
        ...(scope.job_id ? { job_id: scope.job_id } : {}),
      })),
  );
