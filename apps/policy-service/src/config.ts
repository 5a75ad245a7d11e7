import { ServiceConfig } from '@lastcopy/platform';

export class PolicyServiceConfig extends ServiceConfig {}
