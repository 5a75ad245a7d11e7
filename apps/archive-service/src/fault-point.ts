/** Steps at which a test can break the process. */
export type FaultStep =
  'after-claim' | 'mid-upload' | 'before-manifest' | 'after-manifest' | 'before-uploaded-event' | 'mid-lock' | 'mid-sweep';
export type FaultPoint = (step: FaultStep) => Promise<void>;

export const noFaults: FaultPoint = async () => undefined;

const notice = (step: string) => process.stderr.write(`fault point ${step}\n`);

/**
 * `<step>:kill` ends the process at that step as a power cut would; `<step>:stall` waits there for ever. Anything but development is
 * refused by whoever reads the configuration.
 */
export function faultPointOf(setting: string): FaultPoint {
  const [at, how] = setting.split(':');
  return async (step) => {
    if (step !== at) return;
    notice(step);
    if (how === 'kill') process.kill(process.pid, 'SIGKILL');
    await new Promise(() => setInterval(() => undefined, 60_000));
  };
}
