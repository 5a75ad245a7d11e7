import type { Stack } from '../stack.js';

interface ApiDescription {
  paths: Record<string, Record<string, { parameters?: { name: string; in: string }[] }>>;
}

const streamMs = 1_000;

/** Reads every GET route of the API whose parameters are known, as several people, and the description of the API itself. Answers how many. */
export async function readEveryRoute(stack: Stack, people: readonly string[], known: Record<string, string>): Promise<number> {
  const { api_url, tokens, client_account_id, engagement_id } = stack.profile;
  const description = (await (await fetch(`${api_url}/openapi.json`)).json()) as ApiDescription;
  await (await fetch(`${api_url}/docs`)).arrayBuffer();
  const routes = Object.entries(description.paths)
    .filter(([, methods]) => methods.get)
    .map(([route]) => route.replace(/\{(\w+)\}/g, (whole, name: string) => known[name] ?? whole))
    .filter((route) => !route.includes('{'));
  for (const person of people) {
    const headers = {
      authorization: `Bearer ${(tokens as Record<string, string>)[person]}`,
      ...{ 'x-client-account-id': client_account_id, 'x-engagement-id': engagement_id },
    };
    for (const route of routes) {
      // A stream has no end of its own.
      const answer = await fetch(`${api_url}${route}`, { headers, signal: AbortSignal.timeout(streamMs) }).catch(() => null);
      await answer?.arrayBuffer().catch(() => null);
    }
  }
  return routes.length;
}
