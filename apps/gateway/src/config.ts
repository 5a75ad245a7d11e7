import { IsInt, Max, Min } from 'class-validator';
import { FromText, loadConfig } from '@lastcopy/platform';
import { checkNotifications } from './notification/notification-config.js';
import { checkSignIn } from './sign-in/sign-in-config.js';
import { WebAppConfig } from './web-app/web-app-config.js';

export class GatewayConfig extends WebAppConfig {
  /** How long an answer waits until the caller can read what the call wrote; then it is 202. */
  @FromText()
  @IsInt()
  @Min(0)
  @Max(30_000)
  READ_YOUR_WRITES_MS: number = 3_000;

  /** How long the services may take to seal a flow before the gate is given up. */
  @FromText()
  @IsInt()
  @Min(100)
  @Max(300_000)
  TRANSITION_TIMEOUT_MS: number = 15_000;
}

/** The gateway's settings. Throws CONFIGURATION_INVALID with every fault; development tokens never work in production. */
export function gatewayConfig(env: Record<string, string | undefined>): GatewayConfig {
  const config = loadConfig(GatewayConfig, env);
  const nodeEnv = env.NODE_ENV ?? process.env.NODE_ENV;
  checkSignIn(config, nodeEnv);
  checkNotifications(config, nodeEnv);
  return config;
}
