/** Steps at which a test can kill the process, as a power cut would. */
export const faultSteps = [
  'after-claim',
  'mid-upload',
  'before-manifest',
  'after-manifest',
  'before-uploaded-event',
  'mid-lock',
  'mid-sweep',
] as const;
export type FaultStep = (typeof faultSteps)[number];

/** Returns, or never. */
export type FaultPoint = (step: FaultStep) => void;

export const noFaults: FaultPoint = () => undefined;

/** Kills the process as soon as it reaches `chosen`. Whoever reads the configuration refuses it outside development. */
export const faultPointOf =
  (chosen: FaultStep): FaultPoint =>
  (step) => {
    if (step !== chosen) return;
    process.stderr.write(`fault point ${step}\n`);
    process.kill(process.pid, 'SIGKILL');
  };
