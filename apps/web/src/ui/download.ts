import { useMutation } from '@tanstack/react-query';
import { requestHeaders } from '../api/client.js';
import { problemOf } from '../api/problem.js';

/** A file that only a signed-in person may fetch. Throws `Problem`. */
export async function fetchFile(path: string, signal?: AbortSignal): Promise<Blob> {
  const response = await fetch(path, { headers: await requestHeaders('GET'), ...(signal ? { signal } : {}) });
  if (!response.ok) throw await problemOf(response);
  return response.blob();
}

function save(blob: Blob, filename: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = filename;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** Fetches with the person's token and saves under a name. */
export const useDownload = () =>
  useMutation({ mutationFn: async ({ path, filename }: { path: string; filename: string }) => save(await fetchFile(path), filename) });
