import { requestHeaders, type Shape } from '../../api/client.js';
import { Problem, problemOf } from '../../api/problem.js';
import { session } from '../../sign-in/session.js';

export interface Sending {
  path: string;
  form: FormData;
  /** The same for a repetition: what was carried out already is not done twice. */
  idempotencyKey: string;
  signal: AbortSignal;
  /** @param sent bytes of the form, of `total` */
  onProgress: (sent: number, total: number) => void;
}

const lost = () =>
  new Problem({
    ...{ title: 'The connection broke', status: 0, code: 'UPLOAD_BROKEN' },
    detail: 'The upload ended before the gateway answered, so nothing may have been attached, or the file is larger than it takes.',
    hint: 'Try again: what was attached already is not attached twice.',
  });

/** Sends a form with a file and tells how far it is, which fetch cannot. Throws `Problem`; AbortError when it was stopped. */
export async function sendForm({ path, form, idempotencyKey, signal, onProgress }: Sending): Promise<Shape<'ArtifactDetailAnswer'>> {
  const headers = { ...(await requestHeaders('POST')), 'Idempotency-Key': idempotencyKey };
  const request = new XMLHttpRequest();
  const answered = new Promise<Response>((resolve, reject) => {
    request.upload.onprogress = ({ loaded, total }) => onProgress(loaded, total);
    request.onload = () => resolve(new Response(request.responseText, { status: request.status, statusText: request.statusText }));
    request.onerror = () => reject(lost());
    request.onabort = () => reject(new DOMException('The upload was stopped', 'AbortError'));
  });
  request.open('POST', path);
  for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
  const stop = () => request.abort();
  signal.addEventListener('abort', stop, { once: true });
  request.send(form);
  const response = await answered.finally(() => signal.removeEventListener('abort', stop));
  if (response.status === 401) session.refused(response);
  if (!response.ok) throw await problemOf(response);
  return (await response.json()) as Shape<'ArtifactDetailAnswer'>;
}
