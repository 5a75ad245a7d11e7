import { createInterface } from 'node:readline';

/** Whether a person answers the question with yes. An answer that never comes is none. */
export async function confirm(question: string, input: NodeJS.ReadableStream, output: NodeJS.WritableStream): Promise<boolean> {
  const lines = createInterface({ input, output, prompt: `${question} [yes/no] ` });
  lines.prompt();
  const answer = await new Promise<string>((resolve) => {
    lines.once('line', resolve);
    lines.once('close', () => resolve(''));
  });
  lines.close();
  return /^y(es)?$/i.test(answer.trim());
}
