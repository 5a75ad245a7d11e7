import { commandsOf } from './commands.js';
import { offeredActions } from './offered-actions.js';
import type { JobDetail } from '../jobs/queries.js';

const verify = 'lastcopy verify s3://archives/billing/manifest.json --manifest-sha256 abc';
const archive_commands = { attempt: 2, verify, restore: `${verify.replace('verify', 'restore')} --to ./billing` };

const job = (told: Partial<JobDetail>): JobDetail =>
  ({ job_id: 'job-1', flow_id: 'flow-1', status: 'completed', paused: false, possible_actions: [], ...told }) as JobDetail;

const enabled = (told: Partial<JobDetail>) =>
  offeredActions(job(told))
    .filter(({ whyNot }) => whyNot === undefined)
    .map(({ action }) => action);

it('types no retry of a job whose state does not allow one', () => {
  const commands = commandsOf(job({ possible_actions: ['verify'], archive_commands })).map(({ command }) => command);
  expect(commands).toEqual(['lastcopy jobs list flow-1', archive_commands.verify, archive_commands.restore]);
});

it('types the retry of a failed job, and nothing on an archive that is not there', () => {
  const commands = commandsOf(job({ status: 'failed', possible_actions: ['cancel', 'retry'], archive_commands: null }));
  expect(commands.map(({ command }) => command)).toEqual(['lastcopy jobs list flow-1', 'lastcopy jobs retry job-1']);
});

it('offers what the gateway says is possible, and of the rest why it is not', () => {
  expect(enabled({ possible_actions: ['verify'] })).toEqual(['verify']);
  expect(enabled({ status: 'cancelled', possible_actions: ['retry'] })).toEqual(['retry']);
  const paused = offeredActions(job({ status: 'in_progress', paused: true, possible_actions: ['resume', 'cancel'] }));
  expect(paused.map(({ action, whyNot }) => [action, whyNot])).toEqual([
    ['pause', 'The job is in progress and paused.'],
    ['resume', undefined],
    ['verify', 'There is no archive yet.'],
    ['cancel', undefined],
  ]);
});
