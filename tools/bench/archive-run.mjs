// One job through the real services: the command that the gateway would send, then what their event logs say.
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { ClientNats } from '@nestjs/microservices';
import { CommandClient } from '@lastcopy/platform';
import pg from 'pg';
import { serviceEnvironments } from '../embedded/services.mjs';
import { cpuSeconds, forgetPeak, peakMiB } from './process-usage.mjs';
import { startService } from './service-process.mjs';

const pollMs = 50;
const limitMs = 3_600_000;
const actor = { user_id: 'bench', name: 'Benchmark', roles: ['operator'] };

/** Archive-service and integrity-service, each a process, and the one who asks them. */
export class ArchivingServices {
  static async start(infrastructure, tenant) {
    const services = new ArchivingServices();
    services.tenant = tenant;
    services.undo = [];
    try {
      await services.#open(infrastructure);
    } catch (error) {
      await services.stop();
      throw error;
    }
    return services;
  }

  async #open(infrastructure) {
    const environments = serviceEnvironments(infrastructure);
    for (const name of ['archive-service', 'integrity-service']) {
      const service = await startService(name, environments[name]);
      this.undo.push(service.stop);
      const log = new pg.Client({ connectionString: infrastructure.databases[name].DATABASE_URL, options: '-c lastcopy.scope=service' });
      await log.connect();
      this.undo.push(() => log.end());
      this[name] = { ...service, events: log };
    }
    Logger.overrideLogger(false);
    const nats = new ClientNats({ servers: [infrastructure.nats.url] });
    this.undo.push(() => nats.close());
    this.commands = new CommandClient(nats, 'gateway');
  }

  async stop() {
    for (const step of this.undo.splice(0).reverse()) await step();
  }

  /** Archives and verifies `source` once. Each part is `{ wallS, cpuS, peakMiB }` of the service that did it. */
  async run(source) {
    const order = this.#orderOf(source);
    const flowId = randomUUID();
    let jobId;
    const archived = await this.#measured('archive-service', async () => {
      const { answer } = await this.commands.send(
        'archive-service',
        'StartMigration',
        { flow_id: flowId, jobs: [order] },
        { command_id: randomUUID(), tenant: this.tenant, actor },
      );
      [jobId] = answer.job_ids;
      return this.#eventOf('archive-service', jobId, 'ArchiveUploaded', ['ArchiveJobFailed', 'ArchiveRetryScheduled']);
    });
    const proven = await this.#measured('integrity-service', () =>
      this.#eventOf('integrity-service', jobId, 'IntegrityVerified', ['IntegrityFailed']),
    );
    await this.#eventOf('archive-service', jobId, 'ArchiveJobCompleted', ['ArchiveJobFailed']);
    return { uploaded: archived.answer, archived: archived.usage, proven: proven.usage };
  }

  #orderOf(source) {
    return {
      system_id: randomUUID(),
      system_name: 'Bench',
      source,
      policy_id: randomUUID(),
      policy_version: 1,
      retention_period_days: 1,
      minima: [],
      verification_level: 'readable',
      storage_location: 's3://bench-archives/kept/',
    };
  }

  async #measured(name, work) {
    const { pid } = this[name];
    forgetPeak(pid);
    const cpuBefore = cpuSeconds(pid);
    const startedAt = performance.now();
    const answer = await work();
    const wallS = (performance.now() - startedAt) / 1000;
    return { answer, usage: { wallS, cpuS: cpuSeconds(pid) - cpuBefore, peakMiB: peakMiB(pid) } };
  }

  /** The data of the job's event of that type; rejects when one of `failures` comes first. */
  async #eventOf(name, jobId, type, failures) {
    const deadline = performance.now() + limitMs;
    while (performance.now() < deadline) {
      const { rows } = await this[name].events.query(
        `select type, data from events where data->>'job_id' = $1 and type = any($2) order by position`,
        [jobId, [type, ...failures]],
      );
      const found = rows.find((row) => row.type === type);
      if (found) return found.data;
      if (rows[0]) throw new Error(`${rows[0].type}: ${JSON.stringify(rows[0].data)}\n${this[name].log()}`);
      await delay(pollMs);
    }
    throw new Error(`${type} of job ${jobId} did not come within an hour:\n${this[name].log()}`);
  }
}
