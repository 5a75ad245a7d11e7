/**
 * Every error code of the product. `status` is what the gateway answers over HTTP; `hint` tells a person what to do next.
 * domain: a rule said no. contract: the caller's input or a message is malformed. transient: trying again may help.
 * permanent: trying again cannot help until a person changes something. integrity: data is not what it must be; never retried in silence.
 */
export type ErrorClass = 'domain' | 'contract' | 'transient' | 'permanent' | 'integrity';

export interface ErrorDefinition {
  readonly class: ErrorClass;
  readonly status: number;
  readonly hint: string;
}

const define = <T extends Record<string, ErrorDefinition>>(definitions: T): T => definitions;

export const errorRegistry = define({
  // requests
  VALIDATION_FAILED: { class: 'contract', status: 422, hint: 'Correct the fields named in `errors` and send the request again.' },
  NOT_FOUND: { class: 'domain', status: 404, hint: 'Check the id; it must belong to the client account and engagement of the request.' },
  TENANT_REQUIRED: { class: 'contract', status: 400, hint: 'Send the headers X-Client-Account-ID and X-Engagement-ID.' },
  UNAUTHENTICATED: { class: 'contract', status: 401, hint: 'Send a valid bearer token.' },
  RATE_LIMITED: { class: 'transient', status: 429, hint: 'Wait as long as Retry-After says, then go on more slowly.' },
  CONTENT_TYPE_UNSUPPORTED: { class: 'contract', status: 415, hint: 'Send the body in the media type that the message names.' },
  FORBIDDEN: { class: 'domain', status: 403, hint: 'Ask someone who holds the permission, or sign in as another person.' },
  IDEMPOTENCY_KEY_REUSED: { class: 'contract', status: 422, hint: 'Use a new Idempotency-Key for a different request.' },
  COMMAND_IN_FLIGHT: { class: 'domain', status: 409, hint: 'The same request is being carried out; ask again shortly.' },
  CONCURRENT_MODIFICATION: {
    class: 'transient',
    status: 409,
    hint: 'Someone else changed this at the same moment; look again and repeat.',
  },
  SERVICE_UNAVAILABLE: {
    class: 'transient',
    status: 503,
    hint: 'Try again in a moment, with the same Idempotency-Key: what was done already is not done twice.',
  },
  INTERNAL: { class: 'permanent', status: 500, hint: 'This is a defect. Report it with the trace id.' },
  CONFIGURATION_INVALID: { class: 'permanent', status: 500, hint: 'Correct the settings that the message lists and start again.' },
  // events
  EVENT_FORK: {
    class: 'integrity',
    status: 409,
    hint: 'A service database was restored or failed over and re-used versions. Follow the runbook "event fork" before any shutdown.',
  },
  EVENT_MALFORMED: {
    class: 'contract',
    status: 422,
    hint: 'The message was set aside. Find out who published it; the log it claims to be from is unaffected.',
  },
  EVENT_CHAIN_BROKEN: {
    class: 'integrity',
    status: 409,
    hint: 'Rows of an event log were changed or removed. Stop, keep the database as it is, and follow the runbook "broken chain".',
  },
  // flow and gate
  FLOW_STATE: { class: 'domain', status: 409, hint: 'Look at the status of the flow: this action is not possible now.' },
  FLOW_SEALED: { class: 'domain', status: 409, hint: 'A transition to system shutdown is being decided; wait for its outcome.' },
  GATE_SUPERSEDED: { class: 'domain', status: 409, hint: 'A newer transition attempt is under way.' },
  GATE_BLOCKED: { class: 'domain', status: 409, hint: 'Resolve each blocker that is listed, then proceed again.' },
  APPROVALS_MISSING: { class: 'domain', status: 409, hint: 'Archiving starts when data owner and compliance have approved.' },
  APPROVAL_STATE: { class: 'domain', status: 409, hint: 'Look at the approval again: it was decided or voided already.' },
  EVIDENCE_CHANGED: {
    class: 'domain',
    status: 409,
    hint: 'The evidence is another one than you looked at. Look at the approval again and decide on what it is now.',
  },
  REAUTHENTICATION_REQUIRED: {
    class: 'domain',
    status: 401,
    hint: 'A signature needs a recent sign-in: sign in again (OpenID Connect: max_age or prompt=login) and repeat with the new token.',
  },
  APPROVER_NOT_ALLOWED: { class: 'domain', status: 403, hint: 'Another person with that role must decide.' },
  CONFLICT_UNRESOLVED: {
    class: 'domain',
    status: 409,
    hint: 'Someone of legal or compliance resolves the conflict between maximum and minimum, with a reason.',
  },
  POLICY_UNKNOWN: { class: 'domain', status: 409, hint: 'Name a policy of this tenant that is active.' },
  PRECONDITION_REQUIRED: { class: 'contract', status: 428, hint: 'Send If-Match with the ETag of what you looked at.' },
  POLICY_EXISTS: { class: 'domain', status: 409, hint: 'Choose another name, or revise the policy that has it.' },
  POLICY_STATE: { class: 'domain', status: 409, hint: 'Look at the status of the policy: this is not possible now.' },
  POLICY_IN_USE: {
    class: 'domain',
    status: 409,
    hint: 'Assign another policy to the systems that are listed, or finish or cancel their flows, then retire it.',
  },
  SYSTEM_UNKNOWN: { class: 'domain', status: 404, hint: 'Register the system first.' },
  CLASSIFICATION_STATE: {
    class: 'domain',
    status: 409,
    hint: "Look at the system's classification again: only the latest suggestion is open, until somebody decided on it.",
  },
  CLASSIFICATION_OUTDATED: {
    class: 'domain',
    status: 409,
    hint: 'The suggestion is about another source than the present one. Classify the system again.',
  },
  PRECONDITION_FAILED: {
    class: 'domain',
    status: 412,
    hint: 'It was changed since you looked. Look again and repeat the change on what it is now.',
  },
  SYSTEM_EXISTS: { class: 'domain', status: 409, hint: 'A system of that name is registered; use its id.' },
  // documents of a flow
  PAYLOAD_TOO_LARGE: { class: 'contract', status: 413, hint: 'Send less at a time; the message says how much is taken.' },
  MEDIA_TYPE_REFUSED: { class: 'contract', status: 415, hint: 'Attach the document in one of the formats that the message lists.' },
  ARTIFACT_NOT_ALLOWED: { class: 'domain', status: 403, hint: 'Ask a person with one of the roles that the message names.' },
  ARTIFACT_UNPROTECTED: {
    class: 'transient',
    status: 503,
    hint: 'It is tried again by itself. Check the object store, and that the bucket of the documents has Object Lock.',
  },
  ARTIFACT_STATE: { class: 'domain', status: 409, hint: 'Look at the document again: this action is not possible now.' },
  // archive jobs
  JOB_STATE: { class: 'domain', status: 409, hint: 'Look at the status of the job: this action is not possible now.' },
  STALE_ATTEMPT: { class: 'domain', status: 409, hint: 'A newer attempt owns this job; nothing was changed.' },
  WORKERS_LOST: {
    class: 'permanent',
    status: 409,
    hint: 'Look at the logs of the workers (memory, restarts, database), then retry the job.',
  },
  LEASE_LOST: { class: 'transient', status: 409, hint: 'Another worker took over; nothing to do.' },
  // sources
  SOURCE_UNREACHABLE: { class: 'transient', status: 502, hint: 'Check host, port, firewall and that the server runs.' },
  SOURCE_AUTHENTICATION: { class: 'permanent', status: 422, hint: 'Check the role and the secret that secret_ref names.' },
  SOURCE_TLS: {
    class: 'permanent',
    status: 422,
    hint: "Let the server use TLS with a certificate that this machine trusts, or state the system's tls mode: require or disable.",
  },
  SOURCE_DATABASE_MISSING: { class: 'permanent', status: 422, hint: 'Check the name of the database.' },
  SOURCE_PRIVILEGE: { class: 'permanent', status: 422, hint: 'Grant the role what the message names.' },
  SOURCE_ROW_SECURITY: {
    class: 'permanent',
    status: 422,
    hint: 'Use a role with BYPASSRLS: under row security a copy would silently lack rows.',
  },
  SOURCE_SCHEMA_CHANGED: { class: 'transient', status: 409, hint: 'The schema changed during the export; it is tried again.' },
  SOURCE_LOCKED: { class: 'transient', status: 409, hint: 'Another session holds locks on the tables; it is tried again.' },
  SOURCE_LOST: { class: 'transient', status: 502, hint: 'The connection broke during the export; it is tried again.' },
  SOURCE_STALLED: { class: 'transient', status: 504, hint: 'The source sent nothing for too long; it is tried again.' },
  SOURCE_UNSUPPORTED: { class: 'permanent', status: 422, hint: 'The source holds something that cannot be archived; see the message.' },
  SOURCE_COUNT_MISMATCH: {
    class: 'integrity',
    status: 409,
    hint: 'The rows that were copied are not the rows that the source counted. Do not shut the source down.',
  },
  SOURCE_PATH_MISSING: { class: 'permanent', status: 422, hint: 'Check the path and that it is mounted.' },
  SOURCE_EMPTY: {
    class: 'permanent',
    status: 422,
    hint: 'Is the right database named, the share mounted? If nothing is what there is to keep, set allow_empty on the source.',
  },
  SOURCE_FILE_CHANGED: { class: 'transient', status: 409, hint: 'A file changed while it was read; it is tried again.' },
  SOURCE_NOT_ALLOWED: {
    class: 'permanent',
    status: 422,
    hint: 'Ask an operator to put the host or the folder on the allow-list of the archive-service.',
  },
  SECRET_UNKNOWN: { class: 'permanent', status: 422, hint: 'Put the secret that secret_ref names into the secrets provider.' },
  // object store
  STORE_UNREACHABLE: { class: 'transient', status: 502, hint: 'Check that the object store runs and can be reached.' },
  STORE_DENIED: { class: 'permanent', status: 502, hint: 'Check the credentials and their permissions on the bucket.' },
  STORE_BUCKET_MISSING: {
    class: 'permanent',
    status: 502,
    hint: 'Create the bucket with versioning and Object Lock, or correct the storage location.',
  },
  STORE_CONFLICT: { class: 'permanent', status: 409, hint: 'An object stands under that key already; nothing was overwritten.' },
  STORE_STALLED: { class: 'transient', status: 504, hint: 'The object store sent or took nothing for too long.' },
  STORE_LOCKED: { class: 'domain', status: 409, hint: 'Retention or a legal hold protects the object.' },
  STORE_FAILED: { class: 'transient', status: 502, hint: 'See the message of the object store.' },
  // archive package
  ARCHIVE_OBJECT_MISSING: {
    class: 'integrity',
    status: 409,
    hint: 'An object of the archive is gone. Do not shut the source down; archive again.',
  },
  ARCHIVE_OBJECT_DAMAGED: {
    class: 'integrity',
    status: 409,
    hint: 'An object is not what was written. Do not shut the source down; archive again.',
  },
  ARCHIVE_OBJECT_MISPLACED: {
    class: 'integrity',
    status: 409,
    hint: 'An object belongs to another path, job or tenant. Find out who moved it.',
  },
  ARCHIVE_MANIFEST_INVALID: { class: 'integrity', status: 409, hint: 'The manifest or its signature is not what the product wrote.' },
  ARCHIVE_CONTENT_MISMATCH: {
    class: 'integrity',
    status: 409,
    hint: 'The restored content differs from the source. Do not shut the source down; archive again.',
  },
  ARCHIVE_KEY_UNAVAILABLE: { class: 'permanent', status: 409, hint: 'Provide the tenant or the escrow key that wrapped the archive key.' },
  RESTORE_TARGET_NOT_EMPTY: { class: 'contract', status: 409, hint: 'Restore into an empty folder or database.' },
  RESTORE_FAILED: { class: 'permanent', status: 500, hint: 'See the message; the archive itself is untouched.' },
  RETENTION_NOT_IN_FORCE: {
    class: 'integrity',
    status: 409,
    hint: 'The store does not hold the retention that was set. Use a bucket with Object Lock.',
  },
  VERIFICATION_UNAVAILABLE: {
    class: 'transient',
    status: 503,
    hint: 'The check could not be carried out; it is tried again. Unverified means blocked.',
  },
});

export type ErrorCode = keyof typeof errorRegistry;
