import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { chmod } from 'node:fs/promises';
import { bootstrap as archiveService } from '@lastcopy/archive-service';
import { bootstrap as gateway } from '@lastcopy/gateway';
import { bootstrap as integrityService } from '@lastcopy/integrity-service';
import { bootstrap as policyService } from '@lastcopy/policy-service';
import type { ServiceName } from '@lastcopy/contracts';
import type { RunningService } from '@lastcopy/platform';
import { gatewayClient } from '../../tools/embedded/gateway-client.mjs';
import { startInfrastructure } from '../../tools/embedded/infrastructure.mjs';
import { writeProfile } from '../../tools/embedded/profile.mjs';
import { serviceEnvironments } from '../../tools/embedded/services.mjs';

type Environment = Record<string, string | undefined>;
const bootstraps: Record<ServiceName, (env: Environment) => Promise<RunningService>> = {
  'policy-service': policyService,
  'archive-service': archiveService,
  'integrity-service': integrityService,
  gateway,
};

export type Infrastructure = Awaited<ReturnType<typeof startInfrastructure>>;
export type Profile = Awaited<ReturnType<typeof writeProfile>>;
export type GatewayClient = ReturnType<typeof gatewayClient>;

export interface Stack {
  infrastructure: Infrastructure;
  profile: Profile;
  services: Record<ServiceName, RunningService>;
  /** The gateway in the name of a demo person. */
  as(person: 'olga' | 'otto' | 'dana' | 'dora' | 'carl' | 'lena' | 'aude'): GatewayClient;
  restart(service: ServiceName): Promise<void>;
  stop(): Promise<void>;
}

export type Overrides = Partial<Record<ServiceName, Environment>>;

export interface StackPreparation {
  /** Before the servers start: files that stand in the data folder already. */
  dataFolder?(dataDir: string): Promise<void>;
  /** Once they run: settings that need their addresses. */
  overrides?(infrastructure: Infrastructure): Promise<Overrides>;
}

/** All four services in this process, over servers of their own in a temporary folder. */
export async function startStack(overrides: Overrides = {}, preparation: StackPreparation = {}): Promise<Stack> {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'lastcopy-stack-'));
  await chmod(dataDir, 0o755);
  await preparation.dataFolder?.(dataDir);
  const infrastructure = await startInfrastructure(dataDir, {}, { durable: false });
  const settings = preparation.overrides ? await preparation.overrides(infrastructure) : overrides;
  const environments = serviceEnvironments(infrastructure, settings) as Record<ServiceName, Environment>;
  for (const [name, environment] of Object.entries(environments))
    environment.LOG_LEVEL = settings[name as ServiceName]?.LOG_LEVEL ?? process.env.TEST_LOG_LEVEL ?? 'silent';
  environments.gateway.ARTIFACT_INTERVAL_MS ??= '100';
  // A busy machine may take longer to fold a write than a caller would like to wait.
  environments.gateway.READ_YOUR_WRITES_MS ??= '30000';
  const services = {} as Record<ServiceName, RunningService>;
  const stop = async () => {
    for (const service of Object.values(services).reverse()) await service.close();
    await infrastructure.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    for (const name of Object.keys(bootstraps) as ServiceName[]) services[name] = await bootstraps[name](environments[name]);
    const profile = await writeProfile(infrastructure, { gateway: services.gateway.url });
    return {
      infrastructure,
      profile,
      services,
      as: (person) => gatewayClient(profile, person),
      restart: async (name) => {
        await services[name].close();
        services[name] = await bootstraps[name](environments[name]);
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
