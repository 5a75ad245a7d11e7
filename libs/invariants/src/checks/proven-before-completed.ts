import { verificationLevels, type EventData, type VerificationLevel } from '@lastcopy/contracts';
import { collecting } from '../invariant.js';

const rank = (level: VerificationLevel) => verificationLevels.indexOf(level);
const attemptKey = (data: { job_id: string; attempt: number }) => `${data.job_id}#${data.attempt}`;

/** Failed is not verified, and verified is not completed. */
export const provenBeforeCompleted = collecting(
  'proven-before-completed',
  'A completed job was proven at its required level, every check passed, and its retention was read back',
  () => {
    const required = new Map<string, VerificationLevel>();
    const proven = new Map<string, VerificationLevel>();
    const retained = new Set<string>();
    const completed: { key: string; job_id: string; attempt: number }[] = [];
    return {
      observe(event, violate) {
        if (event.type === 'ArchiveUploaded')
          required.set(
            attemptKey(event.data as EventData<'ArchiveUploaded'>),
            (event.data as EventData<'ArchiveUploaded'>).verification_level,
          );
        if (event.type === 'RetentionVerified') retained.add(attemptKey(event.data as EventData<'RetentionVerified'>));
        if (event.type === 'ArchiveJobCompleted') {
          const { job_id, attempt } = event.data as EventData<'ArchiveJobCompleted'>;
          completed.push({ key: attemptKey({ job_id, attempt }), job_id, attempt });
        }
        if (event.type !== 'IntegrityVerified') return;
        const verdict = event.data as EventData<'IntegrityVerified'>;
        proven.set(attemptKey(verdict), verdict.level);
        for (const check of verdict.checks.filter((candidate) => !candidate.passed))
          violate(`Job ${verdict.job_id} is called verified although "${check.name}" failed`);
      },
      finish(violate) {
        for (const { key, job_id, attempt } of completed) {
          const needs = required.get(key);
          const has = proven.get(key);
          if (!needs) violate(`Job ${job_id} is completed by attempt ${attempt}, which uploaded nothing`);
          else if (!has || rank(has) < rank(needs))
            violate(`Job ${job_id} is completed, attempt ${attempt} proven at ${has ?? 'no level'} where ${needs} is required`);
          if (!retained.has(key)) violate(`Job ${job_id} is completed, but the retention of attempt ${attempt} was never read back`);
        }
      },
    };
  },
);
