/** Settings of a service's process as the Dockerfile has them; docs/benchmarks.md says what each is for. */
export const productionSettings = {
  NODE_OPTIONS: '--disable-warning=ExperimentalWarning --max-semi-space-size=4',
  MALLOC_ARENA_MAX: '2',
  MALLOC_MMAP_THRESHOLD_: '4194304',
  MALLOC_TRIM_THRESHOLD_: '16777216',
};
