import { QueryClient } from '@tanstack/react-query';
import { asProblem } from './problem.js';

/** Reads are shown from memory at once and asked for again; writes are sent once, by the person. */
export const makeQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 2_000,
        gcTime: 10 * 60_000,
        retry: (failures, error) => failures < 2 && asProblem(error).passing,
        networkMode: 'always',
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  });
