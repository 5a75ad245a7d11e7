// Health check of a service's container: exits 0 when /readyz answers 200.
const port = process.env.PORT ?? '8080';
try {
  const answer = await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(4_000) });
  if (!answer.ok) console.error(await answer.text());
  process.exitCode = answer.ok ? 0 : 1;
} catch (error) {
  console.error(`No answer on port ${port}: ${error.cause?.message ?? error.message}`);
  process.exitCode = 1;
}
