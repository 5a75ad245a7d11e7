import type { SourceDescription, Tenant } from '@lastcopy/contracts';
import { assertNever, type Clock } from '@lastcopy/kernel';
import { diagnoseDirectory } from '@lastcopy/source-directory';
import { diagnose, type PostgresConnection } from '@lastcopy/source-postgresql';
import { sampledDatabase, sampledTree } from '../../classification/adapters/sampled-source.js';
import type { SampledContainer, SourceSampling } from '../../classification/ports/source-sampling.js';
import type { SourceAllowList } from '../../system/domain/source-allow-list.js';
import type { SecretsProvider } from '../../system/ports/secrets-provider.js';
import type { SourceDiagnosis, SourceFindings } from '../../system/ports/source-diagnosis.js';
import type { ArchiveSource } from '../ports/archive-source.js';
import { DirectorySource } from './directory-source.js';
import { PostgresSource } from './postgresql-source.js';
import { tlsOf } from './tls-of.js';

export interface SourcesOptions {
  secrets: SecretsProvider;
  allowList: SourceAllowList;
  clock: Clock;
  lockTimeoutMs: number;
  inactivityMs: number;
}

/** Finds the way to a source: the allow-list first, whatever was allowed when it was registered; then the tenant's own secret. */
export class Sources implements SourceDiagnosis, SourceSampling {
  constructor(private readonly options: SourcesOptions) {}

  /** Errors: SOURCE_NOT_ALLOWED, SECRET_UNKNOWN. Contacts nothing yet. */
  async sourceOf(tenant: Tenant, source: SourceDescription, hashContents: boolean): Promise<ArchiveSource> {
    const { allowList, clock, lockTimeoutMs, inactivityMs } = this.options;
    allowList.assertAllowed(tenant, source);
    switch (source.kind) {
      case 'postgresql': {
        const connection = await this.connectionTo(tenant, source);
        const allowEmpty = source.allow_empty === true;
        return new PostgresSource({ connection, hashContents, allowEmpty, lockTimeoutMs, inactivityMs });
      }
      case 'directory':
        return new DirectorySource(source.path!, allowList.rootsOf(tenant), source.allow_empty === true, () => clock.now());
      default:
        return assertNever(source.kind);
    }
  }

  async diagnose(tenant: Tenant, source: SourceDescription): Promise<SourceFindings> {
    this.options.allowList.assertAllowed(tenant, source);
    if (source.kind === 'directory') {
      const { entries } = await diagnoseDirectory(source.path!, this.options.allowList.rootsOf(tenant));
      return { serverVersion: null, sizeBytes: null, warnings: entries === 0 ? ['The folder is empty.'] : [] };
    }
    const { server_version, size_bytes, tables, warnings } = await diagnose(await this.connectionTo(tenant, source));
    const empty = tables === 0 ? ['The database holds no table.'] : [];
    return { serverVersion: server_version, sizeBytes: size_bytes, warnings: [...empty, ...warnings] };
  }

  async *sample(tenant: Tenant, source: SourceDescription, signal: AbortSignal, overflow: () => void): AsyncGenerator<SampledContainer> {
    const { allowList } = this.options;
    allowList.assertAllowed(tenant, source);
    if (source.kind === 'postgresql') return yield* sampledDatabase(await this.connectionTo(tenant, source), signal, overflow);
    // The real path: no link may lead out of what is allowed.
    const { path } = await diagnoseDirectory(source.path!, allowList.rootsOf(tenant));
    yield* sampledTree(path, signal, overflow);
  }

  private async connectionTo(tenant: Tenant, source: SourceDescription): Promise<PostgresConnection> {
    const { host, port, database, user, secret_ref } = source;
    const secret = await this.options.secrets.read(tenant, secret_ref!);
    return { host: host!, port: port!, database: database!, user: user!, password: secret.reveal(), ...tlsOf(source) };
  }
}
