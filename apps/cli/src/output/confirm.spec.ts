import { PassThrough } from 'node:stream';
import { confirm } from './confirm.js';

const answering = (text: string): Promise<boolean> => {
  const input = new PassThrough();
  input.end(text);
  return confirm('Sign?', input, new PassThrough());
};

it.each([
  ['yes\n', true],
  ['Y\n', true],
  ['no\n', false],
  ['\n', false],
  ['yesterday\n', false],
  ['', false],
])('takes %j as %j', async (text, agreed) => {
  expect(await answering(text)).toBe(agreed);
});
