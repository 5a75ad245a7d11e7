import { verificationId, type ArchiveUploaded } from '@lastcopy/contracts';
import { contextFromEvent, decideAndAppend, type Reactor } from '@lastcopy/eventing';
import { CodedError, isCodedError } from '@lastcopy/kernel';
import type { ServiceDeps } from '@lastcopy/platform';
import { verificationDecider } from '../domain/verification.js';

const name = 'request_on_archive_uploaded';

/** A sealed flow is waited for: setting the event aside would leave an archive unproven after the seal is lifted. */
function waitForSeal(error: unknown): never {
  if (!isCodedError(error) || error.code !== 'FLOW_SEALED') throw error;
  throw new CodedError('VERIFICATION_UNAVAILABLE', error.message, { cause: error });
}

/** Every uploaded archive is proven. */
export const requestOnArchiveUploaded = (deps: ServiceDeps): Reactor => ({
  kind: 'reactor',
  name,
  types: ['ArchiveUploaded'],
  async react(event) {
    const uploaded = event.data as ArchiveUploaded;
    const { job_id, flow_id, system_id, attempt, manifest, manifest_sha256, verification_level } = uploaded;
    const verification_id = verificationId(job_id, attempt);
    const request = {
      ...{ verification_id, job_id, flow_id, attempt, system_id, manifest, manifest_sha256 },
      level: verification_level,
      reason: `Attempt ${attempt} was uploaded`,
    };
    await deps.eventing.store
      .transact(contextFromEvent(event, 'integrity-service', name), (tx) =>
        decideAndAppend(tx, verificationDecider, 'verification', verification_id, { type: 'Request', request }),
      )
      .catch(waitForSeal);
  },
});
