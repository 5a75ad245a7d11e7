import type { Blocker, EvidenceMoment } from '@lastcopy/contracts';
import { artifactRules } from '../../artifact/domain/artifact-rules.js';
import { latestArchiveEnd } from '../../artifact/retention-of-documents.js';
import type { ArtifactVersion } from '../../records/artifact-record.js';
import type { FlowFacts } from '../flow-facts.js';
import type { GateCheck } from '../gate-check.js';

/** Required documents that are not there, of those that are due at `moments`. */
export function missingArtifacts(facts: Pick<FlowFacts, 'requirements' | 'artifacts'>, moments: readonly EvidenceMoment[]): Blocker[] {
  return facts.requirements
    .filter(({ kind, required, before }) => {
      const stands = facts.artifacts.some((artifact) => artifact.kind === kind && artifact.status === 'attached');
      return required && moments.includes(before) && !stands;
    })
    .map(({ kind, before }) => {
      const { title, howToGet } = artifactRules[kind];
      const what = before === 'start' ? 'archiving starts' : 'the flow goes on to system shutdown';
      return { code: 'ARTIFACT_MISSING', message: `The ${title} (${kind}) is missing; it is required before ${what}.`, hint: howToGet };
    });
}

/** Documents that stand as evidence must be kept as long as what they are about. */
const unprotected: GateCheck = (facts) => {
  const needed = latestArchiveEnd(facts);
  // Stores keep whole seconds.
  const least = needed ? Math.floor(needed.getTime() / 1000) * 1000 : 0;
  const isHeld = (locked: ArtifactVersion['locked']) => locked !== null && Date.parse(locked.retain_until) >= least;
  const until = (promised: string) => (needed && needed > new Date(promised) ? needed.toISOString() : promised);
  return facts.artifacts
    .filter(({ status, current }) => status === 'attached' && !isHeld(current.locked))
    .map(({ kind, current }) => ({
      code: 'ARTIFACT_UNPROTECTED',
      message: `The store does not hold ${kind} "${current.filename}" until ${until(current.retain_until)} yet.`,
      hint: 'It is protected within seconds; if not, check the object store and that its bucket has Object Lock.',
    }));
};

/** Every document that the flow requires is there, and the store keeps all that stand as evidence. */
export const artifactsPresent: GateCheck = (facts) => [...missingArtifacts(facts, ['start', 'transition']), ...unprotected(facts)];
