import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { CodedError } from '@lastcopy/kernel';
import { fieldFaults } from '@lastcopy/contracts';

/**
 * The environment as a validated settings object. Unknown variables are ignored; an empty one counts as absent.
 * Throws CONFIGURATION_INVALID that lists every fault at once, never a value (it may be a secret).
 */
export function loadConfig<T extends object>(type: new () => T, env: Record<string, string | undefined>): T {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const config = plainToInstance(type, present, { exposeDefaultValues: true });
  const faults = fieldFaults(validateSync(config));
  if (faults.length === 0) return config;
  const lines = faults.map(({ pointer, detail }) => `  ${pointer.slice(1)}: ${detail}`);
  throw new CodedError('CONFIGURATION_INVALID', `Settings of ${type.name} are not valid:\n${lines.join('\n')}`);
}
