// Generated from docs/generated/openapi.json by `npm run generate`. Do not edit.
export interface paths {
  '/api/v1/decommission-flow/initialize': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Begin a flow over registered systems
     * @description Needs decommission.write.
     */
    post: operations['FlowsController_initialize'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/decommission-flow': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Flows, the newest first
     * @description Needs decommission.read.
     */
    get: operations['FlowsController_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/decommission-flow/eligible-systems': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Systems that could be retired
     * @description Needs decommission.read.
     */
    get: operations['FlowsController_eligible'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/decommission-flow/{flow_id}/status': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Where a flow stands
     * @description Needs decommission.read.
     */
    get: operations['FlowsController_status'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/decommission-flow/{flow_id}/pause': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Pause a flow and its jobs
     * @description Needs decommission.execute.
     */
    post: operations['FlowsController_pause'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/decommission-flow/{flow_id}/resume': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Resume a flow and its jobs
     * @description Needs decommission.execute.
     */
    post: operations['FlowsController_resume'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/decommission-flow/{flow_id}/cancel': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Cancel a flow and its jobs for good
     * @description Needs decommission.execute.
     */
    post: operations['FlowsController_cancel'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/decommission-flow/{flow_id}/phases/{phase_name}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Report how a phase goes; completing data_migration passes the gate
     * @description Needs decommission.execute.
     */
    post: operations['FlowsController_report'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/decommission-flow/{flow_id}/readiness': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What keeps a flow from system shutdown
     * @description Needs decommission.read.
     */
    get: operations['GateController_readiness'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/decommission-flow/{flow_id}/proceed-to-shutdown': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Pass the gate to system shutdown
     * @description Needs decommission.execute.
     */
    post: operations['GateController_proceed'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/decommission-flow/{flow_id}/inputs': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What people submitted by hand for a flow, oldest first
     * @description Needs decommission.read.
     */
    get: operations['FlowInputsController_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/decommission-flow/{flow_id}/inputs/{kind}/draft': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The draft of an input, shared by all who work on it
     * @description Needs decommission.read.
     */
    get: operations['FlowInputsController_draft'];
    /**
     * Save the draft of an input, complete or not; one that stands is changed with If-Match
     * @description Needs decommission.read.
     */
    put: operations['FlowInputsController_save'];
    post?: never;
    /**
     * Throw the draft of an input away
     * @description Needs decommission.read.
     */
    delete: operations['FlowInputsController_discard'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/decommission-flow/{flow_id}/inputs/{kind}/submit': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Submit the draft of an input: checked in full, carried out, recorded
     * @description Needs decommission.read.
     */
    post: operations['FlowInputsController_submit'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/decommission-flow/{flow_id}/archive-jobs': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * A flow's archive jobs
     * @description Needs decommission.read.
     */
    get: operations['FlowJobsController_list'];
    put?: never;
    /**
     * Start the migration: one archive job a system
     * @description Needs decommission.execute.
     */
    post: operations['FlowJobsController_start'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/decommission-flow/{flow_id}/archive-jobs/bulk': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Pause, resume, cancel or retry several jobs; with dry_run only say what would happen
     * @description Needs decommission.execute.
     */
    post: operations['FlowJobsController_bulk'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/decommission-flow/archive-jobs/{job_id}/retry': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Try a failed or cancelled job again
     * @description Needs decommission.execute.
     */
    post: operations['FlowJobsController_retry'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/decommission-flow/{flow_id}/verifications': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Verify all archives of a flow again
     * @description Needs decommission.execute.
     */
    post: operations['FlowJobsController_verifyAll'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/archive-jobs/{job_id}/rearchive': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Make an archive again under what is approved now; what is locked already stays in the store
     * @description Needs decommission.execute.
     */
    post: operations['RearchiveController_again'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/archive-jobs/{job_id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * An archive job with every verdict on it
     * @description Needs decommission.read.
     */
    get: operations['JobsController_get'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/archive-jobs/{job_id}/events': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Every event of a job, of all attempts
     * @description Needs decommission.read.
     */
    get: operations['JobsController_events'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/archive-jobs/{job_id}/{action}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Act on a job: pause, resume, cancel, retry, verify
     * @description Needs decommission.execute.
     */
    post: operations['JobsController_act'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/approvals': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Approvals of all flows, the newest first; mine=true leaves those that the caller may decide
     * @description Needs decommission.read.
     */
    get: operations['ApprovalsController_inbox'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/approvals/{approval_id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * An approval, its evidence as requested and as it is, and its history
     * @description Needs decommission.read.
     */
    get: operations['ApprovalsController_detail'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/decommission-flow/{flow_id}/approvals': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * A flow's approvals
     * @description Needs decommission.read.
     */
    get: operations['ApprovalsController_list'];
    put?: never;
    /**
     * Request an approval, for instance again after a rejection, or give an open request another due date
     * @description Needs decommission.write.
     */
    post: operations['ApprovalsController_request'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/approvals/{approval_id}/decision': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Grant or reject an approval on the evidence as it is; needs a sign-in of the last minutes
     * @description Needs decommission.approve.
     */
    post: operations['ApprovalsController_decide'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/approvals/{approval_id}/delegate': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Let another person decide in your place; needs a sign-in of the last minutes
     * @description Needs decommission.approve.
     */
    post: operations['ApprovalsController_delegate'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/approvals/{approval_id}/delegation/revoke': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Take a delegation back, or hand it back
     * @description Needs decommission.approve.
     */
    post: operations['ApprovalsController_revoke'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/approvals/{approval_id}/comments': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Say something about an approval; it changes nothing that was signed
     * @description Needs decommission.read.
     */
    post: operations['ApprovalsController_comment'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/decommission-flow/{flow_id}/artifacts': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * A flow's documents, withdrawn ones included
     * @description Needs decommission.read.
     */
    get: operations['ArtifactsController_list'];
    put?: never;
    /**
     * Attach a document: a form with kind, title, comment and file. Each kind has the roles that may
     * @description Needs decommission.read.
     */
    post: operations['ArtifactsController_attach'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/artifacts/{artifact_id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * A document and all its contents
     * @description Needs decommission.read.
     */
    get: operations['ArtifactsController_get'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/artifacts/{artifact_id}/content': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Download the content, as an attachment; `version` names an earlier one
     * @description Needs decommission.read.
     */
    get: operations['ArtifactsController_content'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/artifacts/{artifact_id}/replace': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Put a new content in the place of the present one, which is kept: a form with reason, title, comment and file
     * @description Needs decommission.read.
     */
    post: operations['ArtifactsController_replace'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/artifacts/{artifact_id}/withdraw': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Withdraw a document: it counts no more, and is kept
     * @description Needs decommission.read.
     */
    post: operations['ArtifactsController_withdraw'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/decommission-flow/{flow_id}/evidence-requirements': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Which documents a flow needs, and which of them are there
     * @description Needs decommission.read.
     */
    get: operations['ArtifactsController_requirements'];
    put?: never;
    /**
     * Set which documents this flow needs; for compliance and legal, with a reason
     * @description Needs decommission.approve.
     */
    post: operations['ArtifactsController_setRequirements'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/alerts': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Alerts, the newest first
     * @description Needs decommission.read.
     */
    get: operations['InventoryController_alerts'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/systems': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Registered systems
     * @description Needs decommission.read.
     */
    get: operations['SystemsController_systems'];
    put?: never;
    /**
     * Register a system and where its data lies
     * @description Needs decommission.write.
     */
    post: operations['SystemsController_register'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/systems/{system_id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * A registered system
     * @description Needs decommission.read.
     */
    get: operations['SystemsController_system'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /**
     * Revise a system's description; jobs that are queued keep the source that they were queued with
     * @description Needs decommission.write.
     */
    patch: operations['SystemsController_revise'];
    trace?: never;
  };
  '/api/v1/systems/{system_id}/test': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Connect to a system's source and say what is wrong
     * @description Needs decommission.write.
     */
    post: operations['SystemsController_test'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/systems/{system_id}/classify': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Look at a system's source for personal, health and financial data; the answer comes as a suggestion
     * @description Needs decommission.write.
     */
    post: operations['ClassificationController_classify'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/systems/{system_id}/classification': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The latest look at a system's source, what it suggests, and the looks before it
     * @description Needs decommission.read.
     */
    get: operations['ClassificationController_classification'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/systems/{system_id}/classification/accept': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Accept what a look suggests, or a part of it: the system is revised
     * @description Needs decommission.write.
     */
    post: operations['ClassificationController_accept'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/systems/{system_id}/classification/dismiss': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Dismiss what a look suggests, with a reason
     * @description Needs decommission.write.
     */
    post: operations['ClassificationController_dismiss'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/legal-holds': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Legal holds, the newest first
     * @description Needs decommission.read.
     */
    get: operations['LegalHoldsController_list'];
    put?: never;
    /**
     * Place a legal hold on a system, or on the archive of a job
     * @description Needs decommission.approve.
     */
    post: operations['LegalHoldsController_place'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/legal-holds/{hold_id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * A legal hold
     * @description Needs decommission.read.
     */
    get: operations['LegalHoldsController_hold'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/legal-holds/{hold_id}/release': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Release a legal hold
     * @description Needs decommission.approve.
     */
    post: operations['LegalHoldsController_release'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/decommission-flow/{flow_id}/policy-assignments': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Which policy each system has, and why
     * @description Needs decommission.read.
     */
    get: operations['AssignmentsController_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/policy-assignments/dry-run': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * What would be assigned to a described system, a registered one, or every system of a flow; nothing is written
     * @description Needs decommission.read.
     */
    post: operations['AssignmentsController_dryRun'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/decommission-flow/{flow_id}/policy-assignments/bulk': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Choose a policy for several systems; with dry_run only say what would happen
     * @description Needs decommission.write.
     */
    post: operations['AssignmentsController_bulk'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/decommission-flow/{flow_id}/policy-assignments/{system_id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * A system's policy, and why
     * @description Needs decommission.read.
     */
    get: operations['AssignmentsController_one'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /**
     * Choose another policy than the suggested one, with a reason; legal minima hold all the same
     * @description Needs decommission.write.
     */
    patch: operations['AssignmentsController_override'];
    trace?: never;
  };
  '/api/v1/decommission-flow/{flow_id}/policy-assignments/{system_id}/history': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Every assignment of a system and every resolution of its conflicts, the oldest first
     * @description Needs decommission.read.
     */
    get: operations['AssignmentsController_history'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/decommission-flow/{flow_id}/policy-assignments/{system_id}/reset': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Go back from a chosen policy to the suggested one
     * @description Needs decommission.write.
     */
    post: operations['AssignmentsController_reset'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/decommission-flow/{flow_id}/policy-assignments/{system_id}/resolve-conflict': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Say, as legal or compliance, what holds where a maximum meets a minimum
     * @description Needs decommission.approve.
     */
    post: operations['AssignmentsController_resolve'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/retention-policies/export': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The policies that are not retired, as YAML
     * @description Needs decommission.read.
     */
    get: operations['PolicyFilesController_export'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/retention-policies/import': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Create and revise policies from YAML: all of them or none; with dry_run nothing is written
     * @description Needs decommission.write.
     */
    post: operations['PolicyFilesController_import'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/retention-policies': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The retention policies
     * @description Needs decommission.read.
     */
    get: operations['PoliciesController_policies'];
    put?: never;
    /**
     * Create a retention policy
     * @description Needs decommission.write.
     */
    post: operations['PoliciesController_create'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/retention-policies/{policy_id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * A retention policy as it is now
     * @description Needs decommission.read.
     */
    get: operations['PoliciesController_policy'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/retention-policies/{policy_id}/revise': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Make a new version; approvals that were given on the old one are voided
     * @description Needs decommission.write.
     */
    post: operations['PoliciesController_revise'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/retention-policies/{policy_id}/retire': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Retire a policy that no open flow uses
     * @description Needs decommission.write.
     */
    post: operations['PoliciesController_retire'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/retention-policies/{policy_id}/start-review': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Put a policy under review: it is given to no system until the review ends
     * @description Needs decommission.write.
     */
    post: operations['PoliciesController_startReview'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/retention-policies/{policy_id}/end-review': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * End a review without a revision: the policy is in force again
     * @description Needs decommission.write.
     */
    post: operations['PoliciesController_endReview'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/retention-policies/{policy_id}/impact': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What retiring a policy, or putting it under review, would do
     * @description Needs decommission.read.
     */
    get: operations['PoliciesController_impactOfEnd'];
    put?: never;
    /**
     * What a change of a policy would do, before it is made; changes nothing
     * @description Needs decommission.read.
     */
    post: operations['PoliciesController_impact'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/retention-policies/{policy_id}/versions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * All versions of a policy, the newest first
     * @description Needs decommission.read.
     */
    get: operations['PoliciesController_versions'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/retention-policies/{policy_id}/versions/{version}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * A version of a policy as it was made
     * @description Needs decommission.read.
     */
    get: operations['PoliciesController_version'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/retention-policies/{policy_id}/versions/{version}/diff': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What differs from another version; from the one before, if none is named
     * @description Needs decommission.read.
     */
    get: operations['PoliciesController_diff'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/regulations': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What laws and standards say about retention, with the clause of each
     * @description Needs decommission.read.
     */
    get: operations['RegulationsController_regulations'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/regulations/advice': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * How long data like this is to be kept, and why; changes nothing
     * @description Needs decommission.read.
     */
    post: operations['RegulationsController_advice'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/people': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Who has signed in for this engagement, by name
     * @description Needs decommission.read.
     */
    get: operations['PeopleController_people'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/whoami': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Who the token says is asking, and what they may do
     * @description Needs decommission.read.
     */
    get: operations['PeopleController_whoAmI'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/sign-in': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** How a browser signs a person in; needs no token */
    get: operations['SignInController_settings'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/overview': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What waits for the caller, how much is done, and the flows, the newest first; at most 50 at once
     * @description Needs decommission.read.
     */
    get: operations['OverviewController_overview'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/decommission-flow/{flow_id}/summary': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * How far a flow’s migration is, and what the caller can do with it
     * @description Needs decommission.read.
     */
    get: operations['OverviewController_summary'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/decommission-flow/{flow_id}/reports': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The reports of a flow: their formats with a link each, and what is not in them yet
     * @description Needs decommission.read.
     */
    get: operations['ReportsController_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/decommission-flow/{flow_id}/reports/{kind}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * A report of a flow (archival, attestation, recovery) as a download: PDF, CSV of its own table, or JSON of everything
     * @description Needs decommission.read.
     */
    get: operations['ReportsController_report'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/audit-events': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The audit trail, the newest entry first; X-Next-Cursor leads on
     * @description Needs decommission.read.
     */
    get: operations['AuditController_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/audit-events/export': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The audit trail as a file; its last row says how many entries it holds
     * @description Needs decommission.read.
     */
    get: operations['AuditController_export'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/audit-events/anchors': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The signed heads of all services' logs in the object store, the newest first
     * @description Needs decommission.read.
     */
    get: operations['AuditController_anchors'];
    put?: never;
    /**
     * Sign where all services' logs end and put it under lock in the object store, now
     * @description Needs decommission.execute.
     */
    post: operations['AuditController_anchor'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/audit-events/verify': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Verify the chain of all services' events, and compare it with the signed anchors, read back from the object store
     * @description Needs decommission.read.
     */
    post: operations['AuditController_verify'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/audit-events/{seq}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * An entry of the audit trail
     * @description Needs decommission.read.
     */
    get: operations['AuditController_entry'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/flow-metadata/phases/decommission': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The phases of a decommission
     * @description Needs decommission.read.
     */
    get: operations['EvidenceController_phases'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/decommission-flow/{flow_id}/archive-manifest': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The flow's archives in one document, as a download
     * @description Needs decommission.read.
     */
    get: operations['EvidenceController_manifest'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/decommission-flow/{flow_id}/evidence': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What the transition rests on: the SHA-256 of this very body is the evidence_root
     * @description Needs decommission.read.
     */
    get: operations['EvidenceController_evidence'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/decommission-flow/{flow_id}/timeline': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The events of a flow, the oldest first; with before_seq the newest first, from there backwards
     * @description Needs decommission.read.
     */
    get: operations['EvidenceController_timeline'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/decommission-flow/{flow_id}/timeline/facets': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Which kinds of events occur in a flow, and whose
     * @description Needs decommission.read.
     */
    get: operations['EvidenceController_facets'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/stream': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What happens for a tenant, as server-sent events without their data; resumable by Last-Event-ID
     * @description Needs decommission.read.
     */
    get: operations['EvidenceController_tenantStream'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/decommission-flow/{flow_id}/stream': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What happens in a flow, as server-sent events; resumable by Last-Event-ID
     * @description Needs decommission.read.
     */
    get: operations['EvidenceController_stream'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/notifications': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What you are told, the newest first
     * @description Needs decommission.read.
     */
    get: operations['NotificationsController_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/notifications/count': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * How much you have not read
     * @description Needs decommission.read.
     */
    get: operations['NotificationsController_count'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/notifications/read-all': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Mark everything that you are told as read
     * @description Needs decommission.read.
     */
    post: operations['NotificationsController_readAll'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/notifications/preferences': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * How you are mailed, kind by kind
     * @description Needs decommission.read.
     */
    get: operations['NotificationsController_preferences'];
    /**
     * Choose how you are mailed
     * @description Needs decommission.read.
     */
    put: operations['NotificationsController_choose'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/notifications/{notification_id}/read': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Mark a notification as read
     * @description Needs decommission.read.
     */
    post: operations['NotificationsController_read'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/webhook-endpoints': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Where notices are posted to
     * @description Needs decommission.write.
     */
    get: operations['WebhookEndpointsController_list'];
    put?: never;
    /**
     * Have notices posted to a URL; answers the secret once
     * @description Needs decommission.write.
     */
    post: operations['WebhookEndpointsController_create'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/webhook-endpoints/{endpoint_id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * A webhook endpoint
     * @description Needs decommission.write.
     */
    get: operations['WebhookEndpointsController_get'];
    put?: never;
    post?: never;
    /**
     * Delete a webhook endpoint and its log
     * @description Needs decommission.write.
     */
    delete: operations['WebhookEndpointsController_remove'];
    options?: never;
    head?: never;
    /**
     * Change a webhook endpoint, or switch it off and on
     * @description Needs decommission.write.
     */
    patch: operations['WebhookEndpointsController_change'];
    trace?: never;
  };
  '/api/v1/webhook-endpoints/{endpoint_id}/rotate-secret': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Make a new secret; the one before signs as well for a while
     * @description Needs decommission.write.
     */
    post: operations['WebhookEndpointsController_rotate'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/webhook-endpoints/{endpoint_id}/test': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Send a test message
     * @description Needs decommission.write.
     */
    post: operations['WebhookEndpointsController_test'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/webhook-endpoints/{endpoint_id}/deliveries': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What was sent to an endpoint and what came of it, the newest first
     * @description Needs decommission.write.
     */
    get: operations['WebhookEndpointsController_deliveries'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/webhook-deliveries/{delivery_id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * A webhook delivery with its attempts
     * @description Needs decommission.write.
     */
    get: operations['WebhookDeliveriesController_get'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/webhook-deliveries/{delivery_id}/redeliver': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Send a delivery again, under the same webhook-id
     * @description Needs decommission.write.
     */
    post: operations['WebhookDeliveriesController_redeliver'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/dev/mailbox': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Mails that would have been sent, as a page; in development without a mail server */
    get: operations['DevMailboxController_all'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/dev/mailbox/{mail_id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A mail that would have been sent, as a page */
    get: operations['DevMailboxController_one'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/asyncapi.json': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The events on the bus, as AsyncAPI 3 */
    get: operations['AsyncApiController_describe'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    Able: {
      allowed: boolean;
      why_not?: string | null;
    };
    AcceptClassificationRequest: {
      /** Format: uuid */
      suggestion_id: string;
      data_classification?:
        | (
            | 'PII'
            | 'PHI'
            | 'Financial'
            | 'User Data'
            | 'Application Logs'
            | 'Configuration Files'
            | 'Security Logs'
            | 'System Events'
            | 'Monitoring Data'
            | 'Public'
          )[]
        | null;
      compliance_requirements?: ('GDPR' | 'SOX' | 'HIPAA' | 'CCPA' | 'PCI-DSS')[] | null;
      reason?: string | null;
    };
    AdviseRetention: {
      compliance_requirements: ('GDPR' | 'SOX' | 'HIPAA' | 'CCPA' | 'PCI-DSS')[];
      data_types: string[];
      retention_period_days?: number | null;
    };
    AlertAnswer: {
      /** Format: uuid */
      alert_id: string;
      /** @enum {string} */
      severity: 'low' | 'medium' | 'high' | 'critical';
      code: string;
      message: string;
      what_to_do: string;
      /** Format: uuid */
      flow_id?: string | null;
      /** Format: uuid */
      job_id?: string | null;
      /** Format: uuid */
      artifact_id?: string | null;
      source: string;
      raised_at: string;
      open: boolean;
    };
    AnchoredHead: {
      /** @enum {string} */
      source: 'policy-service' | 'archive-service' | 'integrity-service' | 'gateway';
      /** Format: uuid */
      epoch: string;
      position: number;
      hash: string;
    };
    ApprovalAnswer: {
      /** Format: uuid */
      approval_id: string;
      /** Format: uuid */
      flow_id: string;
      /** @enum {string} */
      role: 'data_owner' | 'compliance' | 'legal';
      /** @enum {string} */
      status: 'requested' | 'granted' | 'rejected' | 'voided' | 'expired';
      scope: string;
      evidence_hash: string;
      requested_by: string;
      requested_at: string;
      decided_by?: string | null;
      decided_at?: string | null;
      comment?: string | null;
      signature?: components['schemas']['Signature'] | null;
      void_reason?: string | null;
      changed: string[];
      due_at?: string | null;
      expires_at?: string | null;
      overdue: boolean;
      reminded_at?: string | null;
      escalation_level: number;
      escalated_to: string[];
      delegation?: components['schemas']['DelegationAnswer'] | null;
      /** Format: uuid */
      replaces?: string | null;
      comments: components['schemas']['ApprovalCommentAnswer'][];
      can_decide: boolean;
      can_reject: boolean;
      why_not?: string | null;
      needs_reauthentication: boolean;
    };
    ApprovalCommentAnswer: {
      by: string;
      name: string;
      comment: string;
      at: string;
    };
    ApprovalDecisionRequest: {
      /** @enum {string} */
      decision: 'grant' | 'reject';
      comment?: string | null;
      evidence_hash: string;
    };
    ApprovalDetailAnswer: {
      evidence: components['schemas']['ApprovalEvidencePart'][];
      present_evidence_hash?: string | null;
      open_conflicts: string[];
      history: components['schemas']['ApprovalHistoryEntry'][];
      /** Format: uuid */
      approval_id: string;
      /** Format: uuid */
      flow_id: string;
      /** @enum {string} */
      role: 'data_owner' | 'compliance' | 'legal';
      /** @enum {string} */
      status: 'requested' | 'granted' | 'rejected' | 'voided' | 'expired';
      scope: string;
      evidence_hash: string;
      requested_by: string;
      requested_at: string;
      decided_by?: string | null;
      decided_at?: string | null;
      comment?: string | null;
      signature?: components['schemas']['Signature'] | null;
      void_reason?: string | null;
      changed: string[];
      due_at?: string | null;
      expires_at?: string | null;
      overdue: boolean;
      reminded_at?: string | null;
      escalation_level: number;
      escalated_to: string[];
      delegation?: components['schemas']['DelegationAnswer'] | null;
      /** Format: uuid */
      replaces?: string | null;
      comments: components['schemas']['ApprovalCommentAnswer'][];
      can_decide: boolean;
      can_reject: boolean;
      why_not?: string | null;
      needs_reauthentication: boolean;
    };
    ApprovalEvidencePart: {
      name: string;
      requested?: Record<string, never> | null;
      present?: Record<string, never> | null;
      changed: string[];
    };
    ApprovalHistoryEntry: {
      at: string;
      event: string;
      by: string;
      what: string;
    };
    ApprovalImpact: {
      /** Format: uuid */
      approval_id: string;
      /** Format: uuid */
      flow_id: string;
      /** @enum {string} */
      role: 'data_owner' | 'compliance' | 'legal';
      status: string;
      changed: string[];
    };
    ArchiveCommands: {
      attempt: number;
      verify: string;
      restore: string;
    };
    ArchiveManifestAnswer: {
      format: string;
      /** Format: uuid */
      flow_id: string;
      flow_name: string;
      /** Format: uuid */
      client_account_id: string;
      /** Format: uuid */
      engagement_id: string;
      /** @enum {string} */
      status: 'initialized' | 'decommission_planning' | 'data_migration' | 'system_shutdown' | 'completed' | 'failed' | 'paused';
      generated_at: string;
      systems: components['schemas']['FlowSystem'][];
      policies: components['schemas']['PolicyAssigned'][];
      archives: components['schemas']['ManifestArchive'][];
      total_data_archived_gb: number;
      evidence_root?: string | null;
    };
    ArtifactAnswer: {
      /** Format: uuid */
      artifact_id: string;
      /** Format: uuid */
      flow_id: string;
      /** @enum {string} */
      kind:
        | 'data_retention_policy'
        | 'compliance_attestation'
        | 'archive_verification_report'
        | 'legal_destruction_approval'
        | 'migration_completion_certificate';
      /** @enum {string} */
      status: 'attached' | 'withdrawn';
      withdrawn?: components['schemas']['ArtifactWithdrawal'] | null;
      made_by_product: boolean;
      content_url: string;
      version: number;
      title?: string | null;
      comment?: string | null;
      filename: string;
      media_type: string;
      size_bytes: number;
      sha256: string;
      uploaded_by: string;
      uploaded_at: string;
      reason?: string | null;
      retain_until: string;
      retention_mode?: ('COMPLIANCE' | 'GOVERNANCE') | null;
    };
    ArtifactDetailAnswer: {
      history: components['schemas']['ArtifactVersionAnswer'][];
      version: number;
      title?: string | null;
      comment?: string | null;
      filename: string;
      media_type: string;
      size_bytes: number;
      sha256: string;
      uploaded_by: string;
      uploaded_at: string;
      reason?: string | null;
      retain_until: string;
      retention_mode?: ('COMPLIANCE' | 'GOVERNANCE') | null;
      /** Format: uuid */
      artifact_id: string;
      /** Format: uuid */
      flow_id: string;
      /** @enum {string} */
      kind:
        | 'data_retention_policy'
        | 'compliance_attestation'
        | 'archive_verification_report'
        | 'legal_destruction_approval'
        | 'migration_completion_certificate';
      /** @enum {string} */
      status: 'attached' | 'withdrawn';
      withdrawn?: components['schemas']['ArtifactWithdrawal'] | null;
      made_by_product: boolean;
      content_url: string;
    };
    ArtifactVersionAnswer: {
      version: number;
      title?: string | null;
      comment?: string | null;
      filename: string;
      media_type: string;
      size_bytes: number;
      sha256: string;
      uploaded_by: string;
      uploaded_at: string;
      reason?: string | null;
      retain_until: string;
      retention_mode?: ('COMPLIANCE' | 'GOVERNANCE') | null;
    };
    ArtifactWithdrawal: {
      reason: string;
      by: string;
      at: string;
    };
    AssignmentAnswer: {
      version: number;
      conflicts_open: boolean;
      /** Format: uuid */
      assignment_id: string;
      /** Format: uuid */
      flow_id: string;
      /** Format: uuid */
      system_id: string;
      system_name: string;
      /** Format: uuid */
      policy_id: string;
      policy_version: number;
      policy_name: string;
      /** @enum {string} */
      rule: 'explicit' | 'sensitivity' | 'compliance' | 'default' | 'override';
      explanation: components['schemas']['AssignmentStep'][];
      retention_period_days: number;
      minima: components['schemas']['RetentionMinimum'][];
      /** @enum {string} */
      verification_level: 'stored' | 'fixity' | 'readable' | 'restored' | 'reconciled';
      storage_location: string;
      encryption_required: boolean;
      compliance_requirements: string[];
      data_classification: string[];
      reason?: string | null;
      considered?: components['schemas']['ConsideredPolicy'][] | null;
      lengthened_by?: components['schemas']['RetentionMinimum'] | null;
      assigned_by?: string | null;
      override?: components['schemas']['AssignmentOverride'] | null;
      conflicts?: components['schemas']['RetentionConflict'][] | null;
      resolution?: components['schemas']['ConflictResolution'] | null;
      assigned_at: string;
      retain_until_if_archived_now: string;
    };
    AssignmentHistoryEntry: {
      version: number;
      /** @enum {string} */
      type: 'PolicyAssigned' | 'RetentionConflictResolved';
      at: string;
      actor: string;
      reason?: string | null;
      assignment?: components['schemas']['PolicyAssigned'] | null;
      resolved?: components['schemas']['RetentionConflictResolved'] | null;
    };
    AssignmentImpact: {
      /** Format: uuid */
      flow_id: string;
      flow_name: string;
      /** Format: uuid */
      system_id: string;
      system_name: string;
      /** @enum {string} */
      outcome: 'unchanged' | 'reassigned' | 'unassigned';
      policy_before?: string | null;
      policy_after?: string | null;
      retain_until_before?: string | null;
      retain_until_after?: string | null;
      /** Format: uuid */
      archive_again_job_id?: string | null;
      job_status?: string | null;
    };
    AssignmentOverride: {
      /** Format: uuid */
      policy_id: string;
      storage_location?: string | null;
      reason: string;
      overridden_by: string;
      overridden_by_name: string;
      overridden_at: string;
      suggested_policy_name?: string | null;
      /** Format: uuid */
      suggested_policy_id?: string | null;
      /** @enum {string} */
      suggested_rule: 'explicit' | 'sensitivity' | 'compliance' | 'default' | 'override';
    };
    AssignmentPreview: {
      /** Format: uuid */
      system_id: string;
      system_name: string;
      /** @enum {string} */
      outcome: 'assigned' | 'unchanged' | 'refused';
      assignment?: components['schemas']['PolicyAssigned'] | null;
      retain_until_if_archived_now?: string | null;
      code?: string | null;
      message?: string | null;
    };
    AssignmentStep: {
      /** @enum {string} */
      rule: 'explicit' | 'sensitivity' | 'compliance' | 'default' | 'override';
      /** @enum {string} */
      outcome: 'chosen' | 'rejected' | 'not_reached' | 'overridden';
      reason: string;
    };
    AttachArtifactForm: {
      /** @enum {string} */
      kind:
        | 'data_retention_policy'
        | 'compliance_attestation'
        | 'archive_verification_report'
        | 'legal_destruction_approval'
        | 'migration_completion_certificate';
      title?: string | null;
      comment?: string | null;
    };
    AuditEntry: {
      seq: number;
      occurred_at: string;
      /** @enum {string} */
      outcome: 'done' | 'refused';
      type: string;
      action: string;
      actor: string;
      actor_name?: string | null;
      on_behalf_of?: string | null;
      reason?: string | null;
      flow_id?: string | null;
      system_id?: string | null;
      job_id?: string | null;
      before?: Record<string, never> | null;
      after?: Record<string, never> | null;
      trace_id?: string | null;
      source?: string | null;
      position?: number | null;
      hash?: string | null;
      stream_id?: string | null;
      version?: number | null;
      code?: string | null;
    };
    AuditVerification: {
      ok: boolean;
      verified_at: string;
      logs: components['schemas']['AuditedLog'][];
      anchors: components['schemas']['AuditedAnchors'];
    };
    AuditedAnchors: {
      /** @enum {string} */
      state: 'compared' | 'not_anchored' | 'unreadable';
      read: number;
      faults: string[];
    };
    AuditedLog: {
      source: string;
      events: number;
      ok: boolean;
      head_hash: string;
      fault?: string | null;
      anchored_at?: string | null;
      anchored_position?: number | null;
    };
    Blocker: {
      code: string;
      message: string;
      hint: string;
      /** Format: uuid */
      system_id?: string | null;
      /** Format: uuid */
      job_id?: string | null;
      role?: string | null;
    };
    BulkJobAnswer: {
      dry_run: boolean;
      results: components['schemas']['BulkJobOutcome'][];
    };
    BulkJobOutcome: {
      /** Format: uuid */
      job_id: string;
      /** @enum {string} */
      outcome: 'done' | 'possible' | 'refused';
      code?: string | null;
      message?: string | null;
    };
    BulkJobRequest: {
      /** @enum {string} */
      action: 'pause' | 'resume' | 'cancel' | 'retry';
      job_ids: string[];
      reason?: string | null;
      dry_run?: boolean | null;
    };
    BulkOverrideAnswer: {
      dry_run: boolean;
      results: components['schemas']['BulkOverrideOutcome'][];
    };
    BulkOverrideOutcome: {
      /** Format: uuid */
      system_id: string;
      /** @enum {string} */
      outcome: 'done' | 'possible' | 'unchanged' | 'refused';
      preview?: components['schemas']['AssignmentPreview'] | null;
      code?: string | null;
      message?: string | null;
    };
    BulkOverrideRequest: {
      system_ids: string[];
      dry_run?: boolean | null;
      reason: string;
      /** Format: uuid */
      policy_id: string;
      storage_location?: string | null;
    };
    ChangeWebhookEndpointRequest: {
      url?: string | null;
      kinds?:
        | (
            | 'approval_requested'
            | 'approval_due_soon'
            | 'approval_overdue'
            | 'approval_delegated'
            | 'approval_voided'
            | 'approval_expired'
            | 'approval_decided'
            | 'approval_commented'
            | 'verification_failed'
            | 'integrity_alert'
            | 'shutdown_objection'
            | 'job_failed'
            | 'gate_passed'
            | 'gate_abandoned'
            | 'documents_missing'
            | 'legal_hold_placed'
            | 'legal_hold_released'
            | 'classification_suggested'
            | 'webhook_disabled'
          )[]
        | null;
      description?: string | null;
      enabled?: boolean | null;
    };
    ClassificationAnswer: {
      /** Format: uuid */
      suggestion_id: string;
      /** Format: uuid */
      system_id: string;
      /** @enum {string} */
      status: 'running' | 'suggested' | 'failed' | 'accepted' | 'dismissed';
      outdated: boolean;
      system_version?: number | null;
      data_classification: string[];
      compliance_requirements: string[];
      findings: components['schemas']['ClassificationFindingAnswer'][];
      findings_omitted: number;
      sampled?: components['schemas']['SampledFigures'] | null;
      explanation: string[];
      error_code?: string | null;
      error_message?: string | null;
      requested_by: string;
      requested_at: string;
      suggested_at?: string | null;
      decided_by?: string | null;
      decided_at?: string | null;
      reason?: string | null;
      accepted: string[];
    };
    ClassificationFindingAnswer: {
      container?: string | null;
      element?: string | null;
      place: string;
      /** @enum {string} */
      kind:
        | 'email'
        | 'phone'
        | 'card_number'
        | 'iban'
        | 'us_ssn'
        | 'de_tax_id'
        | 'es_dni'
        | 'it_codice_fiscale'
        | 'nl_bsn'
        | 'uk_nino'
        | 'fr_nir'
        | 'pl_pesel'
        | 'date_of_birth'
        | 'health_code'
        | 'health_record'
        | 'person_name'
        | 'postal_address'
        | 'salary'
        | 'bank_account'
        | 'user_account';
      /** @enum {string} */
      method: 'name' | 'value' | 'both';
      sampled: number;
      matched: number;
      confidence: number;
    };
    CommentApprovalRequest: {
      comment: string;
    };
    ConflictResolution: {
      /** @enum {string} */
      resolution: 'keep_minimum' | 'source_minimised';
      reason: string;
      resolved_by: string;
      resolved_by_name: string;
      resolved_at: string;
    };
    ConnectionReportAnswer: {
      passed: boolean;
      code?: string | null;
      message: string;
      hint?: string | null;
      server_version?: string | null;
      size_bytes?: number | null;
      warnings: string[];
    };
    ConsideredPolicy: {
      /** Format: uuid */
      policy_id: string;
      policy_version: number;
      policy_name: string;
      /** @enum {string} */
      outcome: 'chosen' | 'not_chosen';
      reason: string;
    };
    CreatePolicyRequest: {
      reason: string;
      policy_name: string;
      description: string;
      retention_period_days: number;
      /** @enum {string} */
      retention_starts: 'manifest_timestamp';
      compliance_requirements: ('GDPR' | 'SOX' | 'HIPAA' | 'CCPA' | 'PCI-DSS')[];
      data_types: string[];
      storage_location: string;
      encryption_required: boolean;
      /** @enum {string} */
      verification_level: 'stored' | 'fixity' | 'readable' | 'restored' | 'reconciled';
      /** @enum {string} */
      database_verification_level: 'stored' | 'fixity' | 'readable' | 'restored' | 'reconciled';
      required_approvals: ('data_owner' | 'compliance' | 'legal')[];
      legal_basis: string[];
    };
    CreateWebhookEndpointRequest: {
      url: string;
      kinds?:
        | (
            | 'approval_requested'
            | 'approval_due_soon'
            | 'approval_overdue'
            | 'approval_delegated'
            | 'approval_voided'
            | 'approval_expired'
            | 'approval_decided'
            | 'approval_commented'
            | 'verification_failed'
            | 'integrity_alert'
            | 'shutdown_objection'
            | 'job_failed'
            | 'gate_passed'
            | 'gate_abandoned'
            | 'documents_missing'
            | 'legal_hold_placed'
            | 'legal_hold_released'
            | 'classification_suggested'
            | 'webhook_disabled'
          )[]
        | null;
      description: string;
    };
    DecommissionStrategy: {
      /** @enum {string} */
      priority: 'cost_savings' | 'risk_reduction' | 'compliance';
      /** @enum {string} */
      execution_mode: 'immediate' | 'scheduled' | 'phased';
      rollback_enabled: boolean;
      stakeholder_approvals?: string[] | null;
    };
    DelegateApprovalRequest: {
      to_user_id: string;
      reason: string;
    };
    DelegationAnswer: {
      to_user_id: string;
      to_name: string;
      by: string;
      by_name: string;
      reason: string;
      at: string;
    };
    DescribedSystem: {
      system_name: string;
      data_classification: string[];
      compliance_requirements: ('GDPR' | 'SOX' | 'HIPAA' | 'CCPA' | 'PCI-DSS')[];
      /** Format: uuid */
      retention_policy_id?: string | null;
      source: components['schemas']['SourceDescription'];
    };
    DismissClassificationRequest: {
      /** Format: uuid */
      suggestion_id: string;
      reason: string;
    };
    DraftAnswer: {
      /** Format: uuid */
      flow_id: string;
      /** @enum {string} */
      kind: 'compliance_confirmation' | 'archive_destination' | 'classification' | 'progress_note';
      version: number;
      content: Record<string, never>;
      edited_by: string;
      edited_at: string;
    };
    DraftDiscardedAnswer: {
      discarded: boolean;
    };
    DryRunAnswer: {
      assignments: components['schemas']['AssignmentPreview'][];
    };
    DryRunRequest: {
      system?: components['schemas']['DescribedSystem'] | null;
      /** Format: uuid */
      system_id?: string | null;
      /** Format: uuid */
      flow_id?: string | null;
    };
    EligibleSystem: {
      /** Format: uuid */
      asset_id: string;
      asset_name: string;
      six_r_strategy?: string | null;
      annual_cost?: number | null;
      decommission_eligible: boolean;
      grace_period_end?: string | null;
      retirement_reason?: string | null;
    };
    EtaRange: {
      earliest: string;
      latest: string;
    };
    EvidenceDocument: {
      /** Format: uuid */
      flow_id: string;
      gate_no: number;
      systems: Record<string, never>[];
      policies: Record<string, never>[];
      jobs: Record<string, never>[];
      approvals: Record<string, never>[];
      journals: Record<string, never>[];
    };
    EvidenceRequirement: {
      /** @enum {string} */
      kind:
        | 'data_retention_policy'
        | 'compliance_attestation'
        | 'archive_verification_report'
        | 'legal_destruction_approval'
        | 'migration_completion_certificate';
      required: boolean;
      /** @enum {string} */
      before: 'start' | 'transition';
    };
    EvidenceRequirementAnswer: {
      /** @enum {string} */
      kind:
        | 'data_retention_policy'
        | 'compliance_attestation'
        | 'archive_verification_report'
        | 'legal_destruction_approval'
        | 'migration_completion_certificate';
      title: string;
      required: boolean;
      /** @enum {string} */
      before: 'start' | 'transition';
      attached_by: string[];
      satisfied_by: string[];
      hint: string;
      set_by?: string | null;
      set_reason?: string | null;
    };
    FlowActionAnswer: {
      /** Format: uuid */
      flow_id: string;
      /** @enum {string} */
      status: 'initialized' | 'decommission_planning' | 'data_migration' | 'system_shutdown' | 'completed' | 'failed' | 'paused';
      current_phase?: ('decommission_planning' | 'data_migration' | 'system_shutdown') | null;
      next_phase?: ('decommission_planning' | 'data_migration' | 'system_shutdown') | null;
      selected_systems?: string[] | null;
      message: string;
    };
    FlowInputAnswer: {
      /** Format: uuid */
      input_id: string;
      /** Format: uuid */
      flow_id: string;
      /** @enum {string} */
      kind: 'compliance_confirmation' | 'archive_destination' | 'classification' | 'progress_note';
      content: Record<string, never>;
      submitted_by: string;
      submitted_at: string;
    };
    FlowListItem: {
      /** Format: uuid */
      flow_id: string;
      /** Format: uuid */
      master_flow_id: string;
      flow_name: string;
      /** @enum {string} */
      status: 'initialized' | 'decommission_planning' | 'data_migration' | 'system_shutdown' | 'completed' | 'failed' | 'paused';
      /** @enum {string} */
      current_phase: 'decommission_planning' | 'data_migration' | 'system_shutdown';
      system_count: number;
      estimated_savings: number;
      created_at: string;
      updated_at: string;
    };
    FlowMetrics: {
      systems_decommissioned: number;
      estimated_savings: number;
      compliance_score: number;
    };
    FlowPhasesAnswer: {
      flow_type: string;
      phases: components['schemas']['PhaseDescription'][];
    };
    FlowReasonRequest: {
      reason?: string | null;
    };
    FlowReport: {
      /** @enum {string} */
      kind: 'archival' | 'attestation' | 'recovery';
      title: string;
      complete: boolean;
      lacks?: string | null;
      downloads: components['schemas']['ReportDownload'][];
    };
    FlowReportsAnswer: {
      reports: components['schemas']['FlowReport'][];
    };
    FlowStatusAnswer: {
      /** Format: uuid */
      flow_id: string;
      /** Format: uuid */
      master_flow_id: string;
      /** @enum {string} */
      status: 'initialized' | 'decommission_planning' | 'data_migration' | 'system_shutdown' | 'completed' | 'failed' | 'paused';
      /** @enum {string} */
      current_phase: 'decommission_planning' | 'data_migration' | 'system_shutdown';
      system_count: number;
      selected_systems: string[];
      phase_progress: components['schemas']['PhaseProgress'];
      metrics: components['schemas']['FlowMetrics'];
      runtime_state: components['schemas']['RuntimeState'];
      created_at: string;
      updated_at: string;
      decommission_complete: boolean;
      flow_name: string;
    };
    FlowSummaryAnswer: {
      /** Format: uuid */
      flow_id: string;
      system_count: number;
      can_start: components['schemas']['Able'];
      can_pause: components['schemas']['Able'];
      can_resume: components['schemas']['Able'];
      progress_percentage: number;
      jobs: components['schemas']['JobCounts'];
      archived_bytes: number;
      expected_bytes?: number | null;
      bytes_per_second?: number | null;
      eta?: components['schemas']['EtaRange'] | null;
    };
    FlowSystem: {
      /** Format: uuid */
      system_id: string;
      system_name: string;
      data_classification: string[];
      compliance_requirements: string[];
      /** Format: uuid */
      retention_policy_id?: string | null;
      source: components['schemas']['SourceDescription'];
    };
    HoldScope: {
      /** @enum {string} */
      kind: 'system' | 'archive';
      /** Format: uuid */
      system_id: string;
      /** Format: uuid */
      job_id?: string | null;
    };
    InitializeFlowRequest: {
      selected_system_ids: string[];
      flow_name?: string | null;
      decommission_strategy?: components['schemas']['DecommissionStrategy'] | null;
    };
    JobActionRequest: {
      reason?: string | null;
    };
    JobAnswer: {
      /** Format: uuid */
      job_id: string;
      /** Format: uuid */
      flow_id: string;
      /** Format: uuid */
      policy_id: string;
      /** Format: uuid */
      client_account_id: string;
      /** Format: uuid */
      engagement_id: string;
      /** Format: uuid */
      system_id: string;
      system_name: string;
      data_size_gb?: number | null;
      archive_location?: string | null;
      /** @enum {string} */
      status: 'queued' | 'in_progress' | 'completed' | 'failed' | 'cancelled';
      sub_status?: ('exporting' | 'verifying' | 'locking' | 'retry_scheduled' | 'integrity_failed') | null;
      paused: boolean;
      progress_percentage: number;
      scheduled_start?: string | null;
      actual_start?: string | null;
      estimated_completion?: string | null;
      actual_completion?: string | null;
      integrity_verified: boolean;
      verification_outcome?: ('requested' | 'verified' | 'failed') | null;
      verification_checksum?: string | null;
      error_message?: string | null;
      error_code?: string | null;
      error_hint?: string | null;
      retry_count: number;
      retry_due_at?: string | null;
      attempt: number;
      verification_level?: ('stored' | 'fixity' | 'readable' | 'restored' | 'reconciled') | null;
      retain_until?: string | null;
      legal_holds: components['schemas']['JobLegalHold'][];
      bytes_per_second?: number | null;
      created_at: string;
      updated_at: string;
    };
    JobCounts: {
      total: number;
      queued: number;
      running: number;
      completed: number;
      failed: number;
      cancelled: number;
      paused: number;
    };
    JobDetailAnswer: {
      possible_actions: ('pause' | 'resume' | 'cancel' | 'retry' | 'verify')[];
      /** Format: uuid */
      job_id: string;
      /** Format: uuid */
      flow_id: string;
      /** Format: uuid */
      policy_id: string;
      /** Format: uuid */
      client_account_id: string;
      /** Format: uuid */
      engagement_id: string;
      /** Format: uuid */
      system_id: string;
      system_name: string;
      data_size_gb?: number | null;
      archive_location?: string | null;
      /** @enum {string} */
      status: 'queued' | 'in_progress' | 'completed' | 'failed' | 'cancelled';
      sub_status?: ('exporting' | 'verifying' | 'locking' | 'retry_scheduled' | 'integrity_failed') | null;
      paused: boolean;
      progress_percentage: number;
      scheduled_start?: string | null;
      actual_start?: string | null;
      estimated_completion?: string | null;
      actual_completion?: string | null;
      integrity_verified: boolean;
      verification_outcome?: ('requested' | 'verified' | 'failed') | null;
      verification_checksum?: string | null;
      error_message?: string | null;
      error_code?: string | null;
      error_hint?: string | null;
      retry_count: number;
      retry_due_at?: string | null;
      attempt: number;
      verification_level?: ('stored' | 'fixity' | 'readable' | 'restored' | 'reconciled') | null;
      retain_until?: string | null;
      legal_holds: components['schemas']['JobLegalHold'][];
      bytes_per_second?: number | null;
      created_at: string;
      updated_at: string;
      verifications: components['schemas']['JobVerification'][];
      archive_commands?: components['schemas']['ArchiveCommands'] | null;
    };
    JobLegalHold: {
      /** Format: uuid */
      hold_id: string;
      matter: string;
      /** @enum {string} */
      scope: 'system' | 'archive';
      placed_at: string;
      set_in_store: boolean;
    };
    JobVerification: {
      attempt: number;
      /** Format: uuid */
      verification_id: string;
      /** @enum {string} */
      outcome: 'requested' | 'verified' | 'failed';
      /** @enum {string} */
      level: 'stored' | 'fixity' | 'readable' | 'restored' | 'reconciled';
      checks: components['schemas']['VerificationCheck'][];
      evidence_sha256?: string | null;
      attestation?: string | null;
      code?: string | null;
      message?: string | null;
      at: string;
    };
    LegalHoldAnswer: {
      /** Format: uuid */
      hold_id: string;
      matter: string;
      scope: components['schemas']['HoldScope'];
      /** @enum {string} */
      status: 'standing' | 'released';
      reason: string;
      reference?: string | null;
      placed_by: string;
      placed_at: string;
      release_reason?: string | null;
      released_by?: string | null;
      released_at?: string | null;
    };
    LogAnchored: {
      /** Format: uuid */
      anchor_id: string;
      anchor_no: number;
      heads: components['schemas']['AnchoredHead'][];
      bucket: string;
      key: string;
      version_id?: string | null;
      sha256: string;
      previous_sha256?: string | null;
      retain_until?: string | null;
    };
    MailPreference: {
      /** @enum {string} */
      kind:
        | 'approval_requested'
        | 'approval_due_soon'
        | 'approval_overdue'
        | 'approval_delegated'
        | 'approval_voided'
        | 'approval_expired'
        | 'approval_decided'
        | 'approval_commented'
        | 'verification_failed'
        | 'integrity_alert'
        | 'shutdown_objection'
        | 'job_failed'
        | 'gate_passed'
        | 'gate_abandoned'
        | 'documents_missing'
        | 'legal_hold_placed'
        | 'legal_hold_released'
        | 'classification_suggested'
        | 'webhook_disabled';
      /** @enum {string} */
      mode: 'immediate' | 'digest' | 'off';
    };
    MailPreferenceAnswer: {
      /** @enum {string} */
      default_mode: 'immediate' | 'digest' | 'off';
      can_be_off: boolean;
      /** @enum {string} */
      kind:
        | 'approval_requested'
        | 'approval_due_soon'
        | 'approval_overdue'
        | 'approval_delegated'
        | 'approval_voided'
        | 'approval_expired'
        | 'approval_decided'
        | 'approval_commented'
        | 'verification_failed'
        | 'integrity_alert'
        | 'shutdown_objection'
        | 'job_failed'
        | 'gate_passed'
        | 'gate_abandoned'
        | 'documents_missing'
        | 'legal_hold_placed'
        | 'legal_hold_released'
        | 'classification_suggested'
        | 'webhook_disabled';
      /** @enum {string} */
      mode: 'immediate' | 'digest' | 'off';
    };
    ManifestArchive: {
      manifest_key?: string | null;
      manifest_version_id?: string | null;
      rows?: number | null;
      stored_bytes?: number | null;
      lock_mode?: string | null;
      /** Format: uuid */
      job_id: string;
      /** Format: uuid */
      flow_id: string;
      /** Format: uuid */
      policy_id: string;
      /** Format: uuid */
      client_account_id: string;
      /** Format: uuid */
      engagement_id: string;
      /** Format: uuid */
      system_id: string;
      system_name: string;
      data_size_gb?: number | null;
      archive_location?: string | null;
      /** @enum {string} */
      status: 'queued' | 'in_progress' | 'completed' | 'failed' | 'cancelled';
      sub_status?: ('exporting' | 'verifying' | 'locking' | 'retry_scheduled' | 'integrity_failed') | null;
      paused: boolean;
      progress_percentage: number;
      scheduled_start?: string | null;
      actual_start?: string | null;
      estimated_completion?: string | null;
      actual_completion?: string | null;
      integrity_verified: boolean;
      verification_outcome?: ('requested' | 'verified' | 'failed') | null;
      verification_checksum?: string | null;
      error_message?: string | null;
      error_code?: string | null;
      error_hint?: string | null;
      retry_count: number;
      retry_due_at?: string | null;
      attempt: number;
      verification_level?: ('stored' | 'fixity' | 'readable' | 'restored' | 'reconciled') | null;
      retain_until?: string | null;
      legal_holds: components['schemas']['JobLegalHold'][];
      bytes_per_second?: number | null;
      created_at: string;
      updated_at: string;
      verifications: components['schemas']['JobVerification'][];
      archive_commands?: components['schemas']['ArchiveCommands'] | null;
    };
    NeedsYou: {
      /** @enum {string} */
      kind: 'approvals_to_decide' | 'approvals_overdue' | 'jobs_failed' | 'conflicts_to_resolve' | 'alerts';
      count: number;
      /** Format: uuid */
      flow_id?: string | null;
      flow_name?: string | null;
    };
    NotificationAnswer: {
      /** Format: uuid */
      notification_id: string;
      /** @enum {string} */
      kind:
        | 'approval_requested'
        | 'approval_due_soon'
        | 'approval_overdue'
        | 'approval_delegated'
        | 'approval_voided'
        | 'approval_expired'
        | 'approval_decided'
        | 'approval_commented'
        | 'verification_failed'
        | 'integrity_alert'
        | 'shutdown_objection'
        | 'job_failed'
        | 'gate_passed'
        | 'gate_abandoned'
        | 'documents_missing'
        | 'legal_hold_placed'
        | 'legal_hold_released'
        | 'classification_suggested'
        | 'webhook_disabled';
      /** @enum {string} */
      urgency: 'urgent' | 'decide' | 'act' | 'know';
      subject: string;
      text: string;
      what_to_do: string;
      link: string;
      /** Format: uuid */
      flow_id?: string | null;
      occurred_at: string;
      read_at?: string | null;
    };
    NotificationCountAnswer: {
      unread: number;
      urgent: number;
    };
    OnBehalfOf: {
      user_id: string;
      name: string;
    };
    OverrideAssignmentRequest: {
      /** Format: uuid */
      policy_id: string;
      storage_location?: string | null;
      reason: string;
    };
    OverviewAnswer: {
      needs_you: components['schemas']['NeedsYou'][];
      metrics: components['schemas']['OverviewMetrics'];
      flows: components['schemas']['OverviewFlow'][];
      flows_total: number;
    };
    OverviewFlow: {
      /** Format: uuid */
      flow_id: string;
      flow_name: string;
      /** @enum {string} */
      status: 'initialized' | 'decommission_planning' | 'data_migration' | 'system_shutdown' | 'completed' | 'failed' | 'paused';
      /** @enum {string} */
      current_phase: 'decommission_planning' | 'data_migration' | 'system_shutdown';
      phase_progress: components['schemas']['PhaseProgress'];
      system_count: number;
      blocked_by: components['schemas']['Blocker'][];
      blocker_count: number;
      updated_at: string;
      progress_percentage: number;
      jobs: components['schemas']['JobCounts'];
      archived_bytes: number;
      expected_bytes?: number | null;
      bytes_per_second?: number | null;
      eta?: components['schemas']['EtaRange'] | null;
    };
    OverviewMetrics: {
      flows_active: number;
      systems_registered: number;
      systems_in_flows: number;
      systems_archived: number;
      jobs_running: number;
      jobs_failed: number;
      archived_bytes: number;
      approvals_waiting: number;
    };
    PendingAnswer: {
      pending: boolean;
      message: string;
      token: components['schemas']['PendingToken'];
    };
    PendingToken: {
      source: string;
      stream_id: string;
      version: number;
    };
    PersonAnswer: {
      user_id: string;
      name: string;
      /** Format: email */
      email?: string | null;
      roles: string[];
      last_seen_at?: string | null;
    };
    PhaseDescription: {
      /** @enum {string} */
      name: 'decommission_planning' | 'data_migration' | 'system_shutdown';
      title: string;
      order: number;
      estimated_duration_minutes: number;
    };
    PhaseProgress: {
      /** @enum {string} */
      decommission_planning: 'pending' | 'in_progress' | 'completed' | 'failed';
      /** @enum {string} */
      data_migration: 'pending' | 'in_progress' | 'completed' | 'failed';
      /** @enum {string} */
      system_shutdown: 'pending' | 'in_progress' | 'completed' | 'failed';
    };
    PhaseReportRequest: {
      /** @enum {string} */
      phase_status: 'pending' | 'running' | 'completed' | 'failed';
      phase_data?: Record<string, never> | null;
    };
    PlaceLegalHoldRequest: {
      matter: string;
      /** Format: uuid */
      system_id?: string | null;
      /** Format: uuid */
      job_id?: string | null;
      reason: string;
      reference?: string | null;
    };
    PolicyAnswer: {
      /** Format: uuid */
      policy_id: string;
      /** Format: uuid */
      client_account_id: string;
      /** Format: uuid */
      engagement_id: string;
      policy_name: string;
      description: string;
      retention_period_days: number;
      compliance_requirements: string[];
      data_types: string[];
      storage_location: string;
      encryption_required: boolean;
      /** @enum {string} */
      status: 'active' | 'inactive' | 'under_review';
      version: number;
      /** @enum {string} */
      verification_level: 'stored' | 'fixity' | 'readable' | 'restored' | 'reconciled';
      /** @enum {string} */
      database_verification_level: 'stored' | 'fixity' | 'readable' | 'restored' | 'reconciled';
      legal_basis: string[];
      changed_by: string;
      change_reason?: string | null;
      revision: number;
      /** @enum {string} */
      retention_starts: 'manifest_timestamp';
      retain_until_if_archived_now: string;
      minima: components['schemas']['PolicyMinimum'][];
      required_approvals: ('data_owner' | 'compliance' | 'legal')[];
      created_at: string;
      updated_at: string;
    };
    PolicyAssigned: {
      /** Format: uuid */
      assignment_id: string;
      /** Format: uuid */
      flow_id: string;
      /** Format: uuid */
      system_id: string;
      system_name: string;
      /** Format: uuid */
      policy_id: string;
      policy_version: number;
      policy_name: string;
      /** @enum {string} */
      rule: 'explicit' | 'sensitivity' | 'compliance' | 'default' | 'override';
      explanation: components['schemas']['AssignmentStep'][];
      retention_period_days: number;
      minima: components['schemas']['RetentionMinimum'][];
      /** @enum {string} */
      verification_level: 'stored' | 'fixity' | 'readable' | 'restored' | 'reconciled';
      storage_location: string;
      encryption_required: boolean;
      compliance_requirements: string[];
      data_classification: string[];
      reason?: string | null;
      considered?: components['schemas']['ConsideredPolicy'][] | null;
      lengthened_by?: components['schemas']['RetentionMinimum'] | null;
      assigned_by?: string | null;
      override?: components['schemas']['AssignmentOverride'] | null;
      conflicts?: components['schemas']['RetentionConflict'][] | null;
      resolution?: components['schemas']['ConflictResolution'] | null;
    };
    PolicyChanges: {
      policy_name?: string | null;
      description?: string | null;
      retention_period_days?: number | null;
      retention_starts?: 'manifest_timestamp' | null;
      compliance_requirements?: ('GDPR' | 'SOX' | 'HIPAA' | 'CCPA' | 'PCI-DSS')[] | null;
      data_types?: string[] | null;
      storage_location?: string | null;
      encryption_required?: boolean | null;
      verification_level?: ('stored' | 'fixity' | 'readable' | 'restored' | 'reconciled') | null;
      database_verification_level?: ('stored' | 'fixity' | 'readable' | 'restored' | 'reconciled') | null;
      required_approvals?: ('data_owner' | 'compliance' | 'legal')[] | null;
      legal_basis?: string[] | null;
    };
    PolicyDiffAnswer: {
      /** Format: uuid */
      policy_id: string;
      from_version: number;
      to_version: number;
      changes: components['schemas']['PolicyFieldChange'][];
    };
    PolicyFieldChange: {
      field: string;
      before: string;
      after: string;
    };
    PolicyImpactAnswer: {
      /** Format: uuid */
      policy_id: string;
      policy_name: string;
      /** @enum {string} */
      action: 'revise' | 'retire' | 'start_review';
      revision: number;
      changed: string[];
      refused_code?: string | null;
      refused_because?: string | null;
      systems: components['schemas']['AssignmentImpact'][];
      voided_approvals: components['schemas']['ApprovalImpact'][];
      notes: string[];
    };
    PolicyImpactRequest: {
      /** @enum {string} */
      action: 'revise' | 'retire' | 'start_review';
      changes?: components['schemas']['PolicyChanges'] | null;
    };
    PolicyImportAnswer: {
      dry_run: boolean;
      changes: components['schemas']['PolicyImportChange'][];
    };
    PolicyImportChange: {
      /** Format: uuid */
      policy_id: string;
      policy_name: string;
      /** @enum {string} */
      outcome: 'created' | 'revised' | 'unchanged';
      changed: string[];
    };
    PolicyMinimum: {
      retain_until_if_archived_now: string;
      lengthens: boolean;
      duration: string;
      requirement: string;
      clause: string;
    };
    PolicyReasonRequest: {
      reason: string;
    };
    PolicyVersionAnswer: {
      changed: string[];
      reason?: string | null;
      made_by: string;
      made_at: string;
      /** Format: uuid */
      policy_id: string;
      /** Format: uuid */
      client_account_id: string;
      /** Format: uuid */
      engagement_id: string;
      policy_name: string;
      description: string;
      retention_period_days: number;
      compliance_requirements: string[];
      data_types: string[];
      storage_location: string;
      encryption_required: boolean;
      /** @enum {string} */
      status: 'active' | 'inactive' | 'under_review';
      version: number;
      /** @enum {string} */
      verification_level: 'stored' | 'fixity' | 'readable' | 'restored' | 'reconciled';
      /** @enum {string} */
      database_verification_level: 'stored' | 'fixity' | 'readable' | 'restored' | 'reconciled';
      legal_basis: string[];
      changed_by: string;
      change_reason?: string | null;
      revision: number;
      /** @enum {string} */
      retention_starts: 'manifest_timestamp';
      retain_until_if_archived_now: string;
      minima: components['schemas']['PolicyMinimum'][];
      required_approvals: ('data_owner' | 'compliance' | 'legal')[];
      created_at: string;
      updated_at: string;
    };
    Problem: {
      type: string;
      title: string;
      status: number;
      detail: string;
      instance: string;
      code: string;
      hint: string;
      trace_id?: string | null;
      errors: components['schemas']['ProblemFault'][];
      blockers?: components['schemas']['Blocker'][] | null;
    };
    ProblemFault: {
      pointer: string;
      detail: string;
    };
    ProceedAnswer: {
      gate_no: number;
      evidence_root: string;
      summary: components['schemas']['TransitionSummary'];
      /** Format: uuid */
      flow_id: string;
      /** Format: uuid */
      master_flow_id: string;
      /** @enum {string} */
      status: 'initialized' | 'decommission_planning' | 'data_migration' | 'system_shutdown' | 'completed' | 'failed' | 'paused';
      /** @enum {string} */
      current_phase: 'decommission_planning' | 'data_migration' | 'system_shutdown';
      system_count: number;
      selected_systems: string[];
      phase_progress: components['schemas']['PhaseProgress'];
      metrics: components['schemas']['FlowMetrics'];
      runtime_state: components['schemas']['RuntimeState'];
      created_at: string;
      updated_at: string;
      decommission_complete: boolean;
      flow_name: string;
    };
    ReadinessAnswer: {
      /** Format: uuid */
      flow_id: string;
      ready: boolean;
      blockers: components['schemas']['Blocker'][];
      notices: components['schemas']['Blocker'][];
    };
    RearchiveAnswer: {
      superseded?: components['schemas']['SupersededArchive'] | null;
      /** Format: uuid */
      job_id: string;
      /** Format: uuid */
      flow_id: string;
      /** Format: uuid */
      policy_id: string;
      /** Format: uuid */
      client_account_id: string;
      /** Format: uuid */
      engagement_id: string;
      /** Format: uuid */
      system_id: string;
      system_name: string;
      data_size_gb?: number | null;
      archive_location?: string | null;
      /** @enum {string} */
      status: 'queued' | 'in_progress' | 'completed' | 'failed' | 'cancelled';
      sub_status?: ('exporting' | 'verifying' | 'locking' | 'retry_scheduled' | 'integrity_failed') | null;
      paused: boolean;
      progress_percentage: number;
      scheduled_start?: string | null;
      actual_start?: string | null;
      estimated_completion?: string | null;
      actual_completion?: string | null;
      integrity_verified: boolean;
      verification_outcome?: ('requested' | 'verified' | 'failed') | null;
      verification_checksum?: string | null;
      error_message?: string | null;
      error_code?: string | null;
      error_hint?: string | null;
      retry_count: number;
      retry_due_at?: string | null;
      attempt: number;
      verification_level?: ('stored' | 'fixity' | 'readable' | 'restored' | 'reconciled') | null;
      retain_until?: string | null;
      legal_holds: components['schemas']['JobLegalHold'][];
      bytes_per_second?: number | null;
      created_at: string;
      updated_at: string;
      verifications: components['schemas']['JobVerification'][];
      archive_commands?: components['schemas']['ArchiveCommands'] | null;
      possible_actions: ('pause' | 'resume' | 'cancel' | 'retry' | 'verify')[];
    };
    ReasonRequest: {
      reason: string;
    };
    RegisterSystemRequest: {
      system_name: string;
      source: components['schemas']['SourceDescription'];
      data_classification: string[];
      compliance_requirements: ('GDPR' | 'SOX' | 'HIPAA' | 'CCPA' | 'PCI-DSS')[];
      /** Format: uuid */
      retention_policy_id?: string | null;
      six_r_strategy?: string | null;
      annual_cost?: number | null;
      grace_period_end?: string | null;
      retirement_reason?: string | null;
    };
    RegulationAnswer: {
      requirement: string;
      /** @enum {string} */
      kind: 'minimum' | 'maximum';
      duration?: string | null;
      clause: string;
      says: string;
      concerns: string[];
      number_source?: ('text' | 'practice') | null;
      note: string;
      yields_to_law: boolean;
      whole_system: boolean;
    };
    RegulationCatalogueAnswer: {
      version: string;
      rules: components['schemas']['RegulationAnswer'][];
    };
    ReleaseLegalHoldRequest: {
      reason: string;
    };
    ReplaceArtifactForm: {
      reason: string;
      title?: string | null;
      comment?: string | null;
    };
    ReportAnswer: {
      /** @enum {string} */
      kind: 'archival' | 'attestation' | 'recovery';
      title: string;
      /** Format: uuid */
      flow_id: string;
      flow_name: string;
      generated_at: string;
      tables: components['schemas']['ReportTable'][];
    };
    ReportDownload: {
      /** @enum {string} */
      format: 'pdf' | 'csv' | 'json';
      href: string;
    };
    ReportTable: {
      title: string;
      says: string[];
      columns: string[];
      rows: unknown[][];
    };
    RequestApprovalRequest: {
      /** @enum {string} */
      role: 'data_owner' | 'compliance' | 'legal';
      due_at?: string | null;
    };
    ResolveConflictRequest: {
      /** @enum {string} */
      resolution: 'keep_minimum' | 'source_minimised';
      reason: string;
    };
    ResumeFlowRequest: {
      phase?: ('decommission_planning' | 'data_migration' | 'system_shutdown') | null;
      user_input?: Record<string, never> | null;
      reason?: string | null;
    };
    RetentionAdviceAnswer: {
      version: string;
      minima: components['schemas']['RegulationAnswer'][];
      maxima: components['schemas']['RegulationAnswer'][];
      conflicts: components['schemas']['RetentionConflict'][];
      retention_period_days: number;
      retain_until_if_archived_now: string;
      consider: string[];
      explanation: string[];
    };
    RetentionConflict: {
      requirement: string;
      maximum?: string | null;
      clause: string;
      against: string;
      against_clause: string;
      statement: string;
    };
    RetentionConflictResolved: {
      /** Format: uuid */
      assignment_id: string;
      /** Format: uuid */
      flow_id: string;
      /** Format: uuid */
      system_id: string;
      conflicts: components['schemas']['RetentionConflict'][];
      /** @enum {string} */
      resolution: 'keep_minimum' | 'source_minimised';
      reason: string;
      resolved_by: string;
      resolved_by_name: string;
      resolved_at: string;
    };
    RetentionMinimum: {
      duration: string;
      requirement: string;
      clause: string;
    };
    RevisePolicyRequest: {
      reason: string;
      policy_name?: string | null;
      description?: string | null;
      retention_period_days?: number | null;
      retention_starts?: 'manifest_timestamp' | null;
      compliance_requirements?: ('GDPR' | 'SOX' | 'HIPAA' | 'CCPA' | 'PCI-DSS')[] | null;
      data_types?: string[] | null;
      storage_location?: string | null;
      encryption_required?: boolean | null;
      verification_level?: ('stored' | 'fixity' | 'readable' | 'restored' | 'reconciled') | null;
      database_verification_level?: ('stored' | 'fixity' | 'readable' | 'restored' | 'reconciled') | null;
      required_approvals?: ('data_owner' | 'compliance' | 'legal')[] | null;
      legal_basis?: string[] | null;
    };
    ReviseSystemRequest: {
      reason: string;
      system_name?: string | null;
      source?: components['schemas']['SourceDescription'] | null;
      data_classification?: string[] | null;
      compliance_requirements?: ('GDPR' | 'SOX' | 'HIPAA' | 'CCPA' | 'PCI-DSS')[] | null;
      /** Format: uuid */
      retention_policy_id?: string | null;
      six_r_strategy?: string | null;
      annual_cost?: number | null;
      grace_period_end?: string | null;
      retirement_reason?: string | null;
    };
    RevokeDelegationRequest: {
      reason: string;
    };
    RuntimeState: {
      current_agent?: string | null;
      pending_approvals: string[];
      warnings: string[];
    };
    SampledFigures: {
      containers: number;
      skipped: number;
      elements: number;
      values: number;
      complete: boolean;
    };
    SaveDraftRequest: {
      content: Record<string, never>;
    };
    SetEvidenceRequirementsRequest: {
      requirements: components['schemas']['EvidenceRequirement'][];
      reason: string;
    };
    SetMailPreferencesRequest: {
      preferences: components['schemas']['MailPreference'][];
    };
    SignInSettingsAnswer: {
      /** Format: url */
      issuer: string;
      client_id: string;
      scope: string;
      parameters: Record<string, never>;
      client_account_claim: string;
      engagements_claim: string;
      signature_max_age_s: number;
    };
    Signature: {
      name: string;
      signed_at: string;
      meaning: string;
      evidence_hash: string;
      user_id?: string | null;
      role?: ('data_owner' | 'compliance' | 'legal') | null;
      on_behalf_of?: components['schemas']['OnBehalfOf'] | null;
      authenticated_at?: string | null;
    };
    SourceDescription: {
      /** @enum {string} */
      kind: 'postgresql' | 'directory';
      host?: string | null;
      port?: number | null;
      database?: string | null;
      user?: string | null;
      secret_ref?: string | null;
      tls?: ('disable' | 'require' | 'verify-full') | null;
      path?: string | null;
      allow_empty?: boolean | null;
    };
    SupersededArchive: {
      attempt: number;
      location: string;
      retain_until?: string | null;
      statement: string;
    };
    SystemAnswer: {
      /** Format: uuid */
      system_id: string;
      version: number;
      connection?: components['schemas']['SystemConnection'] | null;
      created_at: string;
      updated_at: string;
      system_name: string;
      source: components['schemas']['SourceDescription'];
      data_classification: string[];
      compliance_requirements: ('GDPR' | 'SOX' | 'HIPAA' | 'CCPA' | 'PCI-DSS')[];
      /** Format: uuid */
      retention_policy_id?: string | null;
      six_r_strategy?: string | null;
      annual_cost?: number | null;
      grace_period_end?: string | null;
      retirement_reason?: string | null;
    };
    SystemClassificationAnswer: {
      latest?: components['schemas']['ClassificationAnswer'] | null;
      history: components['schemas']['ClassificationAnswer'][];
    };
    SystemConnection: {
      passed: boolean;
      code?: string | null;
      message: string;
      tested_at: string;
    };
    TimelineEntry: {
      seq: number;
      occurred_at: string;
      type: string;
      source: string;
      stream_id: string;
      version: number;
      actor: string;
      job_id?: string | null;
      trace_id?: string | null;
      data: Record<string, never>;
    };
    TimelineFacet: {
      name: string;
      count: number;
    };
    TimelineFacetsAnswer: {
      types: components['schemas']['TimelineFacet'][];
      actors: components['schemas']['TimelineFacet'][];
    };
    TransitionSummary: {
      archive_jobs_completed: number;
      data_integrity_verified: boolean;
      total_data_archived_gb: number;
    };
    VerificationCheck: {
      name: string;
      passed: boolean;
      expected: string;
      actual: string;
    };
    VerificationsRequest: {
      reason?: string | null;
    };
    WebhookAttemptAnswer: {
      attempt: number;
      at: string;
      status?: number | null;
      latency_ms: number;
      error?: string | null;
    };
    WebhookDeliveryAnswer: {
      /** Format: uuid */
      delivery_id: string;
      /** Format: uuid */
      endpoint_id: string;
      kind: string;
      /** @enum {string} */
      status: 'pending' | 'delivered' | 'dead';
      attempts: number;
      created_at: string;
      next_attempt_at?: string | null;
      delivered_at?: string | null;
      log: components['schemas']['WebhookAttemptAnswer'][];
    };
    WebhookEndpointAnswer: {
      /** Format: uuid */
      endpoint_id: string;
      version: number;
      url: string;
      kinds: (
        | 'approval_requested'
        | 'approval_due_soon'
        | 'approval_overdue'
        | 'approval_delegated'
        | 'approval_voided'
        | 'approval_expired'
        | 'approval_decided'
        | 'approval_commented'
        | 'verification_failed'
        | 'integrity_alert'
        | 'shutdown_objection'
        | 'job_failed'
        | 'gate_passed'
        | 'gate_abandoned'
        | 'documents_missing'
        | 'legal_hold_placed'
        | 'legal_hold_released'
        | 'classification_suggested'
        | 'webhook_disabled'
      )[];
      description: string;
      enabled: boolean;
      disabled_reason?: string | null;
      failing_since?: string | null;
      old_secret_until?: string | null;
      created_by: string;
      created_at: string;
    };
    WebhookSecretAnswer: {
      secret: string;
      /** Format: uuid */
      endpoint_id: string;
      version: number;
      url: string;
      kinds: (
        | 'approval_requested'
        | 'approval_due_soon'
        | 'approval_overdue'
        | 'approval_delegated'
        | 'approval_voided'
        | 'approval_expired'
        | 'approval_decided'
        | 'approval_commented'
        | 'verification_failed'
        | 'integrity_alert'
        | 'shutdown_objection'
        | 'job_failed'
        | 'gate_passed'
        | 'gate_abandoned'
        | 'documents_missing'
        | 'legal_hold_placed'
        | 'legal_hold_released'
        | 'classification_suggested'
        | 'webhook_disabled'
      )[];
      description: string;
      enabled: boolean;
      disabled_reason?: string | null;
      failing_since?: string | null;
      old_secret_until?: string | null;
      created_by: string;
      created_at: string;
    };
    WhoAmIAnswer: {
      user_id: string;
      name: string;
      roles: string[];
      permissions: string[];
      authenticated_at?: string | null;
      service_account: boolean;
    };
    WithdrawArtifactRequest: {
      reason: string;
    };
  };
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  FlowsController_initialize: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['InitializeFlowRequest'];
      };
    };
    responses: {
      /** @description Begin a flow over registered systems */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FlowActionAnswer'];
        };
      };
      /** @description Carried out; not to be read yet */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PendingAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  FlowsController_list: {
    parameters: {
      query?: {
        status?: string;
        limit?: string;
        offset?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Flows, the newest first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FlowListItem'][];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  FlowsController_eligible: {
    parameters: {
      query?: {
        limit?: string;
        offset?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Systems that could be retired */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['EligibleSystem'][];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  FlowsController_status: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        flow_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Where a flow stands */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FlowStatusAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  FlowsController_pause: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        flow_id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['FlowReasonRequest'];
      };
    };
    responses: {
      /** @description Pause a flow and its jobs */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FlowActionAnswer'];
        };
      };
      /** @description Carried out; not to be read yet */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PendingAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  FlowsController_resume: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        flow_id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['ResumeFlowRequest'];
      };
    };
    responses: {
      /** @description Resume a flow and its jobs */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FlowActionAnswer'];
        };
      };
      /** @description Carried out; not to be read yet */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PendingAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  FlowsController_cancel: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        flow_id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['FlowReasonRequest'];
      };
    };
    responses: {
      /** @description Cancel a flow and its jobs for good */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FlowActionAnswer'];
        };
      };
      /** @description Carried out; not to be read yet */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PendingAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  FlowsController_report: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        flow_id: string;
        phase_name: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['PhaseReportRequest'];
      };
    };
    responses: {
      /** @description Report how a phase goes; completing data_migration passes the gate */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FlowStatusAnswer'];
        };
      };
      /** @description Carried out; not to be read yet */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PendingAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  GateController_readiness: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        flow_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description What keeps a flow from system shutdown */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReadinessAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  GateController_proceed: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        flow_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Pass the gate to system shutdown */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ProceedAnswer'];
        };
      };
      /** @description Carried out; not to be read yet */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PendingAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  FlowInputsController_list: {
    parameters: {
      query?: {
        limit?: string;
        offset?: string;
      };
      header?: never;
      path: {
        flow_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description What people submitted by hand for a flow, oldest first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FlowInputAnswer'][];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  FlowInputsController_draft: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        flow_id: string;
        kind: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The draft of an input, shared by all who work on it */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DraftAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  FlowInputsController_save: {
    parameters: {
      query?: never;
      header?: {
        'If-Match'?: string;
      };
      path: {
        flow_id: string;
        kind: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['SaveDraftRequest'];
      };
    };
    responses: {
      /** @description Save the draft of an input, complete or not; one that stands is changed with If-Match */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DraftAnswer'];
        };
      };
      /** @description Carried out; not to be read yet */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PendingAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  FlowInputsController_discard: {
    parameters: {
      query?: never;
      header: {
        'If-Match': string;
      };
      path: {
        flow_id: string;
        kind: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Throw the draft of an input away */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DraftDiscardedAnswer'];
        };
      };
      /** @description Carried out; not to be read yet */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PendingAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  FlowInputsController_submit: {
    parameters: {
      query?: never;
      header: {
        'If-Match': string;
      };
      path: {
        flow_id: string;
        kind: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Submit the draft of an input: checked in full, carried out, recorded */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FlowInputAnswer'];
        };
      };
      /** @description Carried out; not to be read yet */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PendingAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  FlowJobsController_list: {
    parameters: {
      query?: {
        limit?: string;
        offset?: string;
      };
      header?: never;
      path: {
        flow_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A flow's archive jobs */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['JobAnswer'][];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  FlowJobsController_start: {
    parameters: {
      query?: {
        limit?: string;
        offset?: string;
      };
      header?: never;
      path: {
        flow_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Start the migration: one archive job a system */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['JobAnswer'][];
        };
      };
      /** @description Carried out; not to be read yet */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PendingAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  FlowJobsController_bulk: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        flow_id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['BulkJobRequest'];
      };
    };
    responses: {
      /** @description Pause, resume, cancel or retry several jobs; with dry_run only say what would happen */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BulkJobAnswer'];
        };
      };
      /** @description Carried out; not to be read yet */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PendingAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  FlowJobsController_retry: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        job_id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['JobActionRequest'];
      };
    };
    responses: {
      /** @description Try a failed or cancelled job again */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['JobDetailAnswer'];
        };
      };
      /** @description Carried out; not to be read yet */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PendingAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  FlowJobsController_verifyAll: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        flow_id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['VerificationsRequest'];
      };
    };
    responses: {
      /** @description Verify all archives of a flow again */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BulkJobAnswer'];
        };
      };
      /** @description Carried out; not to be read yet */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PendingAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  RearchiveController_again: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        job_id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['ReasonRequest'];
      };
    };
    responses: {
      /** @description Make an archive again under what is approved now; what is locked already stays in the store */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RearchiveAnswer'];
        };
      };
      /** @description Carried out; not to be read yet */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PendingAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  JobsController_get: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        job_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description An archive job with every verdict on it */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['JobDetailAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  JobsController_events: {
    parameters: {
      query?: {
        limit?: string;
        offset?: string;
      };
      header?: never;
      path: {
        job_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Every event of a job, of all attempts */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TimelineEntry'][];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  JobsController_act: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        job_id: string;
        action: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['JobActionRequest'];
      };
    };
    responses: {
      /** @description Act on a job: pause, resume, cancel, retry, verify */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['JobDetailAnswer'];
        };
      };
      /** @description Carried out; not to be read yet */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PendingAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  ApprovalsController_inbox: {
    parameters: {
      query?: {
        status?: string;
        role?: string;
        flow_id?: string;
        mine?: string;
        overdue?: string;
        limit?: string;
        offset?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Approvals of all flows, the newest first; mine=true leaves those that the caller may decide */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApprovalAnswer'][];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  ApprovalsController_detail: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        approval_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description An approval, its evidence as requested and as it is, and its history */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApprovalDetailAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  ApprovalsController_list: {
    parameters: {
      query?: {
        limit?: string;
        offset?: string;
      };
      header?: never;
      path: {
        flow_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A flow's approvals */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApprovalAnswer'][];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  ApprovalsController_request: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        flow_id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['RequestApprovalRequest'];
      };
    };
    responses: {
      /** @description Request an approval, for instance again after a rejection, or give an open request another due date */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApprovalAnswer'];
        };
      };
      /** @description Carried out; not to be read yet */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PendingAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  ApprovalsController_decide: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        approval_id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['ApprovalDecisionRequest'];
      };
    };
    responses: {
      /** @description Grant or reject an approval on the evidence as it is; needs a sign-in of the last minutes */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApprovalAnswer'];
        };
      };
      /** @description Carried out; not to be read yet */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PendingAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  ApprovalsController_delegate: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        approval_id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['DelegateApprovalRequest'];
      };
    };
    responses: {
      /** @description Let another person decide in your place; needs a sign-in of the last minutes */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApprovalAnswer'];
        };
      };
      /** @description Carried out; not to be read yet */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PendingAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  ApprovalsController_revoke: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        approval_id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['RevokeDelegationRequest'];
      };
    };
    responses: {
      /** @description Take a delegation back, or hand it back */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApprovalAnswer'];
        };
      };
      /** @description Carried out; not to be read yet */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PendingAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  ApprovalsController_comment: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        approval_id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['CommentApprovalRequest'];
      };
    };
    responses: {
      /** @description Say something about an approval; it changes nothing that was signed */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApprovalAnswer'];
        };
      };
      /** @description Carried out; not to be read yet */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PendingAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  ArtifactsController_list: {
    parameters: {
      query?: {
        limit?: string;
        offset?: string;
      };
      header?: never;
      path: {
        flow_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A flow's documents, withdrawn ones included */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ArtifactAnswer'][];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  ArtifactsController_attach: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        flow_id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'multipart/form-data': components['schemas']['AttachArtifactForm'];
      };
    };
    responses: {
      /** @description Attach a document: a form with kind, title, comment and file. Each kind has the roles that may */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ArtifactDetailAnswer'];
        };
      };
      /** @description Carried out; not to be read yet */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PendingAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  ArtifactsController_get: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        artifact_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A document and all its contents */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ArtifactDetailAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  ArtifactsController_content: {
    parameters: {
      query?: {
        version?: string;
      };
      header?: never;
      path: {
        artifact_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Download the content, as an attachment; `version` names an earlier one */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/octet-stream': string;
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  ArtifactsController_replace: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        artifact_id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'multipart/form-data': components['schemas']['ReplaceArtifactForm'];
      };
    };
    responses: {
      /** @description Put a new content in the place of the present one, which is kept: a form with reason, title, comment and file */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ArtifactDetailAnswer'];
        };
      };
      /** @description Carried out; not to be read yet */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PendingAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  ArtifactsController_withdraw: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        artifact_id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['WithdrawArtifactRequest'];
      };
    };
    responses: {
      /** @description Withdraw a document: it counts no more, and is kept */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ArtifactDetailAnswer'];
        };
      };
      /** @description Carried out; not to be read yet */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PendingAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  ArtifactsController_requirements: {
    parameters: {
      query?: {
        limit?: string;
        offset?: string;
      };
      header?: never;
      path: {
        flow_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Which documents a flow needs, and which of them are there */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['EvidenceRequirementAnswer'][];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  ArtifactsController_setRequirements: {
    parameters: {
      query?: {
        limit?: string;
        offset?: string;
      };
      header?: never;
      path: {
        flow_id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['SetEvidenceRequirementsRequest'];
      };
    };
    responses: {
      /** @description Set which documents this flow needs; for compliance and legal, with a reason */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['EvidenceRequirementAnswer'][];
        };
      };
      /** @description Carried out; not to be read yet */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PendingAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  InventoryController_alerts: {
    parameters: {
      query?: {
        flow_id?: string;
        limit?: string;
        offset?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Alerts, the newest first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AlertAnswer'][];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  SystemsController_systems: {
    parameters: {
      query?: {
        limit?: string;
        offset?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Registered systems */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SystemAnswer'][];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  SystemsController_register: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['RegisterSystemRequest'];
      };
    };
    responses: {
      /** @description Register a system and where its data lies */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SystemAnswer'];
        };
      };
      /** @description Carried out; not to be read yet */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PendingAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  SystemsController_system: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        system_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A registered system */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SystemAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  SystemsController_revise: {
    parameters: {
      query?: never;
      header: {
        'If-Match': string;
      };
      path: {
        system_id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['ReviseSystemRequest'];
      };
    };
    responses: {
      /** @description Revise a system's description; jobs that are queued keep the source that they were queued with */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SystemAnswer'];
        };
      };
      /** @description Carried out; not to be read yet */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PendingAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  SystemsController_test: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        system_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Connect to a system's source and say what is wrong */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ConnectionReportAnswer'];
        };
      };
      /** @description Carried out; not to be read yet */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PendingAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  ClassificationController_classify: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        system_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Look at a system's source for personal, health and financial data; the answer comes as a suggestion */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SystemClassificationAnswer'];
        };
      };
      /** @description Carried out; not to be read yet */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PendingAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  ClassificationController_classification: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        system_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The latest look at a system's source, what it suggests, and the looks before it */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SystemClassificationAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  ClassificationController_accept: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        system_id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['AcceptClassificationRequest'];
      };
    };
    responses: {
      /** @description Accept what a look suggests, or a part of it: the system is revised */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SystemClassificationAnswer'];
        };
      };
      /** @description Carried out; not to be read yet */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PendingAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  ClassificationController_dismiss: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        system_id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['DismissClassificationRequest'];
      };
    };
    responses: {
      /** @description Dismiss what a look suggests, with a reason */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SystemClassificationAnswer'];
        };
      };
      /** @description Carried out; not to be read yet */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PendingAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  LegalHoldsController_list: {
    parameters: {
      query?: {
        system_id?: string;
        job_id?: string;
        status?: string;
        limit?: string;
        offset?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Legal holds, the newest first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LegalHoldAnswer'][];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  LegalHoldsController_place: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['PlaceLegalHoldRequest'];
      };
    };
    responses: {
      /** @description Place a legal hold on a system, or on the archive of a job */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LegalHoldAnswer'];
        };
      };
      /** @description Carried out; not to be read yet */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PendingAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  LegalHoldsController_hold: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        hold_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A legal hold */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LegalHoldAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  LegalHoldsController_release: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        hold_id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['ReleaseLegalHoldRequest'];
      };
    };
    responses: {
      /** @description Release a legal hold */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LegalHoldAnswer'];
        };
      };
      /** @description Carried out; not to be read yet */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PendingAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  AssignmentsController_list: {
    parameters: {
      query?: {
        limit?: string;
        offset?: string;
      };
      header?: never;
      path: {
        flow_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Which policy each system has, and why */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AssignmentAnswer'][];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  AssignmentsController_dryRun: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['DryRunRequest'];
      };
    };
    responses: {
      /** @description What would be assigned to a described system, a registered one, or every system of a flow; nothing is written */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DryRunAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  AssignmentsController_bulk: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        flow_id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['BulkOverrideRequest'];
      };
    };
    responses: {
      /** @description Choose a policy for several systems; with dry_run only say what would happen */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BulkOverrideAnswer'];
        };
      };
      /** @description Carried out; not to be read yet */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PendingAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  AssignmentsController_one: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        flow_id: string;
        system_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A system's policy, and why */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AssignmentAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  AssignmentsController_override: {
    parameters: {
      query?: never;
      header: {
        'If-Match': string;
      };
      path: {
        flow_id: string;
        system_id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['OverrideAssignmentRequest'];
      };
    };
    responses: {
      /** @description Choose another policy than the suggested one, with a reason; legal minima hold all the same */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AssignmentAnswer'];
        };
      };
      /** @description Carried out; not to be read yet */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PendingAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  AssignmentsController_history: {
    parameters: {
      query?: {
        limit?: string;
        offset?: string;
      };
      header?: never;
      path: {
        flow_id: string;
        system_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Every assignment of a system and every resolution of its conflicts, the oldest first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AssignmentHistoryEntry'][];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  AssignmentsController_reset: {
    parameters: {
      query?: never;
      header: {
        'If-Match': string;
      };
      path: {
        flow_id: string;
        system_id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['ReasonRequest'];
      };
    };
    responses: {
      /** @description Go back from a chosen policy to the suggested one */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AssignmentAnswer'];
        };
      };
      /** @description Carried out; not to be read yet */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PendingAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  AssignmentsController_resolve: {
    parameters: {
      query?: never;
      header: {
        'If-Match': string;
      };
      path: {
        flow_id: string;
        system_id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['ResolveConflictRequest'];
      };
    };
    responses: {
      /** @description Say, as legal or compliance, what holds where a maximum meets a minimum */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AssignmentAnswer'];
        };
      };
      /** @description Carried out; not to be read yet */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PendingAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  PolicyFilesController_export: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The policies that are not retired, as YAML */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/yaml': string;
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  PolicyFilesController_import: {
    parameters: {
      query?: {
        dry_run?: string;
        reason?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Create and revise policies from YAML: all of them or none; with dry_run nothing is written */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PolicyImportAnswer'];
        };
      };
      /** @description Carried out; not to be read yet */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PendingAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  PoliciesController_policies: {
    parameters: {
      query?: {
        limit?: string;
        offset?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The retention policies */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PolicyAnswer'][];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  PoliciesController_create: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['CreatePolicyRequest'];
      };
    };
    responses: {
      /** @description Create a retention policy */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PolicyAnswer'];
        };
      };
      /** @description Carried out; not to be read yet */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PendingAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  PoliciesController_policy: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        policy_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A retention policy as it is now */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PolicyAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  PoliciesController_revise: {
    parameters: {
      query?: never;
      header: {
        'If-Match': string;
      };
      path: {
        policy_id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['RevisePolicyRequest'];
      };
    };
    responses: {
      /** @description Make a new version; approvals that were given on the old one are voided */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PolicyAnswer'];
        };
      };
      /** @description Carried out; not to be read yet */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PendingAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  PoliciesController_retire: {
    parameters: {
      query?: never;
      header: {
        'If-Match': string;
      };
      path: {
        policy_id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['PolicyReasonRequest'];
      };
    };
    responses: {
      /** @description Retire a policy that no open flow uses */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PolicyAnswer'];
        };
      };
      /** @description Carried out; not to be read yet */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PendingAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  PoliciesController_startReview: {
    parameters: {
      query?: never;
      header: {
        'If-Match': string;
      };
      path: {
        policy_id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['PolicyReasonRequest'];
      };
    };
    responses: {
      /** @description Put a policy under review: it is given to no system until the review ends */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PolicyAnswer'];
        };
      };
      /** @description Carried out; not to be read yet */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PendingAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  PoliciesController_endReview: {
    parameters: {
      query?: never;
      header: {
        'If-Match': string;
      };
      path: {
        policy_id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['PolicyReasonRequest'];
      };
    };
    responses: {
      /** @description End a review without a revision: the policy is in force again */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PolicyAnswer'];
        };
      };
      /** @description Carried out; not to be read yet */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PendingAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  PoliciesController_impactOfEnd: {
    parameters: {
      query?: {
        action?: string;
      };
      header?: never;
      path: {
        policy_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description What retiring a policy, or putting it under review, would do */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PolicyImpactAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  PoliciesController_impact: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        policy_id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['PolicyImpactRequest'];
      };
    };
    responses: {
      /** @description What a change of a policy would do, before it is made; changes nothing */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PolicyImpactAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  PoliciesController_versions: {
    parameters: {
      query?: {
        limit?: string;
        offset?: string;
      };
      header?: never;
      path: {
        policy_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description All versions of a policy, the newest first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PolicyVersionAnswer'][];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  PoliciesController_version: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        policy_id: string;
        version: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A version of a policy as it was made */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PolicyVersionAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  PoliciesController_diff: {
    parameters: {
      query?: {
        from?: string;
      };
      header?: never;
      path: {
        policy_id: string;
        version: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description What differs from another version; from the one before, if none is named */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PolicyDiffAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  RegulationsController_regulations: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description What laws and standards say about retention, with the clause of each */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RegulationCatalogueAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  RegulationsController_advice: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['AdviseRetention'];
      };
    };
    responses: {
      /** @description How long data like this is to be kept, and why; changes nothing */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RetentionAdviceAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  PeopleController_people: {
    parameters: {
      query?: {
        role?: string;
        limit?: string;
        offset?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Who has signed in for this engagement, by name */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PersonAnswer'][];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  PeopleController_whoAmI: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Who the token says is asking, and what they may do */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WhoAmIAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  SignInController_settings: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The issuer and our client there */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SignInSettingsAnswer'];
        };
      };
    };
  };
  OverviewController_overview: {
    parameters: {
      query?: {
        limit?: string;
        offset?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description What waits for the caller, how much is done, and the flows, the newest first; at most 50 at once */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OverviewAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  OverviewController_summary: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        flow_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description How far a flow’s migration is, and what the caller can do with it */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FlowSummaryAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  ReportsController_list: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        flow_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The reports of a flow: their formats with a link each, and what is not in them yet */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FlowReportsAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  ReportsController_report: {
    parameters: {
      query?: {
        format?: string;
      };
      header?: never;
      path: {
        flow_id: string;
        kind: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A report of a flow (archival, attestation, recovery) as a download: PDF, CSV of its own table, or JSON of everything */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReportAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  AuditController_list: {
    parameters: {
      query?: {
        cursor?: string;
        flow_id?: string;
        system_id?: string;
        job_id?: string;
        actor?: string;
        type?: string;
        outcome?: string;
        from?: string;
        to?: string;
        text?: string;
        limit?: string;
        offset?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The audit trail, the newest entry first; X-Next-Cursor leads on */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AuditEntry'][];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  AuditController_export: {
    parameters: {
      query?: {
        format?: string;
        flow_id?: string;
        system_id?: string;
        job_id?: string;
        actor?: string;
        type?: string;
        outcome?: string;
        from?: string;
        to?: string;
        text?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The audit trail as a file; its last row says how many entries it holds */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/csv': string;
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  AuditController_anchors: {
    parameters: {
      query?: {
        limit?: string;
        offset?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The signed heads of all services' logs in the object store, the newest first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LogAnchored'][];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  AuditController_anchor: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Sign where all services' logs end and put it under lock in the object store, now */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LogAnchored'];
        };
      };
      /** @description Carried out; not to be read yet */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PendingAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  AuditController_verify: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Verify the chain of all services' events, and compare it with the signed anchors, read back from the object store */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AuditVerification'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  AuditController_entry: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        seq: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description An entry of the audit trail */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AuditEntry'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  EvidenceController_phases: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The phases of a decommission */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FlowPhasesAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  EvidenceController_manifest: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        flow_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The flow's archives in one document, as a download */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ArchiveManifestAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  EvidenceController_evidence: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        flow_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description What the transition rests on: the SHA-256 of this very body is the evidence_root */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['EvidenceDocument'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  EvidenceController_timeline: {
    parameters: {
      query?: {
        type?: string;
        actor?: string;
        job_id?: string;
        before_seq?: string;
        limit?: string;
        offset?: string;
      };
      header?: never;
      path: {
        flow_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The events of a flow, the oldest first; with before_seq the newest first, from there backwards */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TimelineEntry'][];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  EvidenceController_facets: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        flow_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Which kinds of events occur in a flow, and whose */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TimelineFacetsAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  EvidenceController_tenantStream: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description What happens for a tenant, as server-sent events without their data; resumable by Last-Event-ID */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/event-stream': string;
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  EvidenceController_stream: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        flow_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description What happens in a flow, as server-sent events; resumable by Last-Event-ID */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/event-stream': string;
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  NotificationsController_list: {
    parameters: {
      query?: {
        unread?: string;
        limit?: string;
        offset?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description What you are told, the newest first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['NotificationAnswer'][];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  NotificationsController_count: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description How much you have not read */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['NotificationCountAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  NotificationsController_readAll: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Mark everything that you are told as read */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['NotificationCountAnswer'];
        };
      };
      /** @description Carried out; not to be read yet */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PendingAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  NotificationsController_preferences: {
    parameters: {
      query?: {
        limit?: string;
        offset?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description How you are mailed, kind by kind */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MailPreferenceAnswer'][];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  NotificationsController_choose: {
    parameters: {
      query?: {
        limit?: string;
        offset?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['SetMailPreferencesRequest'];
      };
    };
    responses: {
      /** @description Choose how you are mailed */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MailPreferenceAnswer'][];
        };
      };
      /** @description Carried out; not to be read yet */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PendingAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  NotificationsController_read: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        notification_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Mark a notification as read */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['NotificationCountAnswer'];
        };
      };
      /** @description Carried out; not to be read yet */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PendingAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  WebhookEndpointsController_list: {
    parameters: {
      query?: {
        limit?: string;
        offset?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Where notices are posted to */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookEndpointAnswer'][];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  WebhookEndpointsController_create: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['CreateWebhookEndpointRequest'];
      };
    };
    responses: {
      /** @description Have notices posted to a URL; answers the secret once */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookSecretAnswer'];
        };
      };
      /** @description Carried out; not to be read yet */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PendingAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  WebhookEndpointsController_get: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        endpoint_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A webhook endpoint */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookEndpointAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  WebhookEndpointsController_remove: {
    parameters: {
      query?: never;
      header: {
        'If-Match': string;
      };
      path: {
        endpoint_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Delete a webhook endpoint and its log */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookEndpointAnswer'];
        };
      };
      /** @description Carried out; not to be read yet */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PendingAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  WebhookEndpointsController_change: {
    parameters: {
      query?: never;
      header: {
        'If-Match': string;
      };
      path: {
        endpoint_id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['ChangeWebhookEndpointRequest'];
      };
    };
    responses: {
      /** @description Change a webhook endpoint, or switch it off and on */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookEndpointAnswer'];
        };
      };
      /** @description Carried out; not to be read yet */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PendingAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  WebhookEndpointsController_rotate: {
    parameters: {
      query?: never;
      header: {
        'If-Match': string;
      };
      path: {
        endpoint_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Make a new secret; the one before signs as well for a while */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookSecretAnswer'];
        };
      };
      /** @description Carried out; not to be read yet */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PendingAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  WebhookEndpointsController_test: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        endpoint_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Send a test message */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookDeliveryAnswer'];
        };
      };
      /** @description Carried out; not to be read yet */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PendingAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  WebhookEndpointsController_deliveries: {
    parameters: {
      query?: {
        limit?: string;
        offset?: string;
      };
      header?: never;
      path: {
        endpoint_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description What was sent to an endpoint and what came of it, the newest first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookDeliveryAnswer'][];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  WebhookDeliveriesController_get: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        delivery_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A webhook delivery with its attempts */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookDeliveryAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  WebhookDeliveriesController_redeliver: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        delivery_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Send a delivery again, under the same webhook-id */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookDeliveryAnswer'];
        };
      };
      /** @description Carried out; not to be read yet */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PendingAnswer'];
        };
      };
      /** @description What went wrong and what to do next */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  DevMailboxController_all: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  DevMailboxController_one: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        mail_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  AsyncApiController_describe: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
}
