// The main job on the demo systems, over REST like any client: flow, approvals, archives, proof, gate.
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import path from 'node:path';
import { attachDocuments, documentsComplete } from './demo-documents.mjs';
import { gatewayClient } from './gateway-client.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const flowName = 'Retire billing, CRM and file share';
const pollMs = 250;
const roleOf = { dana: 'data_owner', carl: 'compliance', lena: 'legal' };

/** Asks until `question` answers something; throws after `limitMs`, saying what was awaited. */
async function until(what, question, signal, limitMs = 60_000) {
  const deadline = performance.now() + limitMs;
  for (;;) {
    signal.throwIfAborted();
    const answer = await question();
    if (answer) return answer;
    if (performance.now() > deadline) throw new Error(`Waited ${limitMs / 1000} s for ${what}; it did not come.`);
    await delay(pollMs);
  }
}

async function registerSystems(operator, systems) {
  const known = await operator.get('/systems?limit=500');
  const ids = [];
  for (const { registration } of systems) {
    const found = known.find((system) => system.system_name === registration.system_name);
    const system = found ?? (await operator.post('/systems', registration));
    if (!found) {
      const report = await operator.post(`/systems/${system.system_id}/test`);
      if (!report.passed) throw new Error(`Demo system ${registration.system_name}: ${report.message} ${report.hint ?? ''}`);
    }
    ids.push(system.system_id);
  }
  return ids;
}

async function findOrCreateFlow(operator, systemIds) {
  const flows = await operator.get('/decommission-flow/');
  // A flow that was cancelled is over; the next start begins another.
  const found = flows.find((flow) => flow.flow_name === flowName && flow.status !== 'failed');
  if (found) return found.flow_id;
  const { flow_id } = await operator.post('/decommission-flow/initialize', { selected_system_ids: systemIds, flow_name: flowName });
  await operator.post(`/decommission-flow/${flow_id}/phases/decommission_planning`, { phase_status: 'completed' });
  return flow_id;
}

/** A document that comes later would make an approval outdated, so each person attaches before deciding. */
async function attach(profile, flowId, person, signal) {
  const api = gatewayClient(profile, person);
  for (const title of await attachDocuments(api, person, flowId)) console.log(`  ${person} attached: ${title}.`);
  if (person === 'lena') await until('every required document', () => documentsComplete(api, flowId), signal);
}

/** The evidence moved between the look and the decision: who decides looks again. */
const movedMeanwhile = (error) => ['APPROVAL_STATE', 'EVIDENCE_CHANGED'].includes(error.code);

async function decide(api, { approval_id, evidence_hash }) {
  try {
    await api.post(`/approvals/${approval_id}/decision`, { decision: 'grant', evidence_hash, comment: 'Demo' });
    return true;
  } catch (error) {
    if (movedMeanwhile(error)) return false;
    throw error;
  }
}

async function approve(profile, flowId, person, signal) {
  const api = gatewayClient(profile, person);
  const role = roleOf[person];
  const granted = await until(
    `the approval of ${role}`,
    async () => {
      const approvals = await api.get(`/decommission-flow/${flowId}/approvals`);
      const current = approvals.find((approval) => approval.role === role && ['requested', 'granted'].includes(approval.status));
      if (current?.status === 'granted') return 'earlier';
      return current && (await decide(api, current)) && 'now';
    },
    signal,
  );
  if (granted === 'now') console.log(`  ${person} approved as ${role}.`);
}

async function showAssignments(operator, flowId, count, signal) {
  const assignments = await until(
    'a retention policy for every system',
    async () => {
      const found = await operator.get(`/decommission-flow/${flowId}/policy-assignments`);
      return found.length === count ? found : null;
    },
    signal,
  );
  for (const assignment of assignments) {
    console.log(
      `  ${assignment.system_name}: ${assignment.policy_name}, ${assignment.retention_period_days} days (${assignment.rule}), to be ${assignment.verification_level}`,
    );
  }
}

/** Where one law says "no longer" and another "no less", the archive waits for a person of legal to say what holds. */
async function resolveConflicts(profile, flowId) {
  const legal = gatewayClient(profile, 'lena');
  const assignments = await legal.get(`/decommission-flow/${flowId}/policy-assignments`);
  for (const { system_id, system_name, version, conflicts, conflicts_open } of assignments) {
    if (!conflicts_open) continue;
    const resolution = {
      resolution: 'keep_minimum',
      reason: 'Records that an audit rests on are kept for as long as the law demands; access to the archive is restricted.',
    };
    const path = `/decommission-flow/${flowId}/policy-assignments/${system_id}/resolve-conflict`;
    await legal.post(path, resolution, { 'if-match': `"${version}"` });
    for (const { requirement, against } of conflicts) {
      console.log(
        `  lena resolved, for ${system_name}, ${requirement} (no longer than needed) against ${against} (no less than required).`,
      );
    }
  }
}

const settled = (job) => ['completed', 'cancelled'].includes(job.status) || (job.status === 'failed' && !job.retry_due_at);

async function watchJobs(operator, flowId, signal) {
  const { JobBars } = await import(pathToFileURL(path.join(root, 'apps/cli/dist/output/job-bars.js')).href);
  const bars = new JobBars(process.stdout);
  try {
    for (;;) {
      signal.throwIfAborted();
      const jobs = await operator.get(`/decommission-flow/${flowId}/archive-jobs`);
      bars.show(jobs);
      if (jobs.length > 0 && jobs.every(settled)) return jobs;
      await delay(pollMs);
    }
  } finally {
    bars.stop();
  }
}

const proofs = {
  stored: 'every object is there',
  fixity: 'every object read back, bit for bit',
  readable: 'restored file by file and compared with the source',
  restored: 'restored into an empty database and compared with the source',
  reconciled: "restored into an empty database, compared, and reconciled with the source's own figures",
};

function showProofs(jobs) {
  for (const job of jobs) {
    const proof = job.integrity_verified ? `verified (${job.verification_level}): ${proofs[job.verification_level]}` : 'NOT verified';
    console.log(`  ${job.system_name}: ${job.status}, ${proof}`);
    if (job.archive_location) console.log(`    ${job.archive_location} (checksum ${job.verification_checksum?.slice(0, 16)}…)`);
    if (job.status !== 'completed' && job.error_code) console.log(`    ${job.error_code}: ${job.error_message} ${job.error_hint ?? ''}`);
  }
  const open = jobs.filter((job) => job.status !== 'completed' || !job.integrity_verified);
  if (open.length > 0) throw new Error(`${open.length} of ${jobs.length} archives are not proven; the gate stays shut.`);
}

async function proceed(profile, operator, flowId, signal) {
  await approve(profile, flowId, 'lena', signal);
  await operator.post(`/decommission-flow/${flowId}/proceed-to-shutdown`);
  const status = await until(
    'the phase transition',
    async () => {
      const flow = await operator.get(`/decommission-flow/${flowId}/status`);
      return flow.current_phase === 'system_shutdown' ? flow : null;
    },
    signal,
  );
  console.log(`\nPhaseTransitioned data_migration → ${status.current_phase}`);
}

/**
 * Runs the demo flow as far as it has not come yet. With `once` the demo people also give the last approval and the flow proceeds;
 * without, that is left to the person at the keyboard.
 */
export async function runMainJob(profile, systems, { once, signal }) {
  const operator = gatewayClient(profile, 'olga');
  const systemIds = await registerSystems(operator, systems);
  const flowId = await findOrCreateFlow(operator, systemIds);
  console.log(`\nFlow "${flowName}" (${flowId})`);
  const { current_phase } = await operator.get(`/decommission-flow/${flowId}/status`);
  if (current_phase === 'system_shutdown') {
    showProofs(await operator.get(`/decommission-flow/${flowId}/archive-jobs`));
    console.log('\nPhaseTransitioned data_migration → system_shutdown (at an earlier start)');
    return;
  }
  await showAssignments(operator, flowId, systemIds.length, signal);
  await attach(profile, flowId, 'carl', signal);
  await resolveConflicts(profile, flowId);
  for (const person of ['dana', 'carl']) await approve(profile, flowId, person, signal);
  const jobs = await operator.get(`/decommission-flow/${flowId}/archive-jobs`);
  if (jobs.length === 0) await operator.post(`/decommission-flow/${flowId}/archive-jobs`);
  console.log('\nTaking the last copy:');
  showProofs(await watchJobs(operator, flowId, signal));
  await attach(profile, flowId, 'lena', signal);
  if (once) return proceed(profile, operator, flowId, signal);
  console.log(`
Every archive is proven. What is left is yours: Lena approves as legal, and Olga continues to system shutdown. In the browser:
  ${profile.api_url}/decommission/flow/${flowId}/data-migration
or here:
  npx lastcopy --as lena approve ${flowId} --role legal
  npx lastcopy proceed ${flowId}`);
}
