import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { asProblem, Problem } from '../../api/problem.js';
import type { Artifact } from './queries.js';
import { sendForm } from './send-form.js';
import { sha256Of } from './sha256.js';

export interface UploadTarget {
  flowId: string;
  kind: Artifact['kind'];
  /** The document whose content is replaced. */
  replaces?: Artifact;
}

export interface UploadFields {
  title: string;
  comment: string;
  /** Why it takes the place of the one before. */
  reason: string;
}

const formOf = ({ kind, replaces }: UploadTarget, { title, comment, reason }: UploadFields, file: File): FormData => {
  const form = new FormData();
  const texts = { ...(replaces ? { reason } : { kind }), title, comment };
  for (const [name, text] of Object.entries(texts)) if (text.trim() !== '') form.set(name, text.trim());
  form.set('file', file);
  return form;
};

const differs = (ours: string, theirs: string) =>
  new Problem({
    ...{ title: 'The file changed on its way', status: 0, code: 'CHECKSUM_MISMATCH' },
    detail: `This browser read ${ours}, the gateway received ${theirs}. The document was attached as it was received.`,
    hint: 'Withdraw it, and attach the file again.',
  });

/** The digest that this machine reads of a chosen file; undefined while it reads, null where it cannot. */
function useDigest(file: File | undefined): string | null | undefined {
  const [read, setRead] = useState<{ file: File; sha256: string | null }>();
  useEffect(() => {
    if (!file) return undefined;
    let left = false;
    const keep = (sha256: string | undefined) => !left && setRead({ file, sha256: sha256 ?? null });
    sha256Of(file).then(keep, () => keep(undefined));
    return () => {
      left = true;
    };
  }, [file]);
  return read?.file === file ? read?.sha256 : undefined;
}

/** A new key for each thing to attach; a try whose answer got lost is repeated under its own. */
function useIdempotencyKey() {
  const last = useRef<{ said: string; key: string }>(undefined);
  const keyFor = (said: string): string => {
    if (last.current?.said !== said) last.current = { said, key: crypto.randomUUID() };
    return last.current.key;
  };
  return { keyFor, answered: () => (last.current = undefined) };
}

/** Attaches a file, or puts it in the place of a document: progress, stop, and the digests of both ends compared. */
export function useUpload(target: UploadTarget, file: File | undefined) {
  const client = useQueryClient();
  const sha256 = useDigest(file);
  const [progress, setProgress] = useState(0);
  const stopping = useRef<AbortController>(undefined);
  const key = useIdempotencyKey();
  useEffect(() => () => stopping.current?.abort(), []);
  const upload = useMutation({
    mutationFn: async (fields: UploadFields) => {
      if (!file) throw new Error('Choose a file first.');
      setProgress(0);
      stopping.current = new AbortController();
      const path = target.replaces
        ? `/api/v1/artifacts/${target.replaces.artifact_id}/replace`
        : `/api/v1/decommission-flow/${target.flowId}/artifacts`;
      const said = JSON.stringify([path, fields, file.name, file.size, file.lastModified]);
      const onProgress = (sent: number, total: number) => setProgress(total > 0 ? (100 * sent) / total : 0);
      const sending = { path, form: formOf(target, fields, file), idempotencyKey: key.keyFor(said), signal: stopping.current.signal };
      const answer = await sendForm({ ...sending, onProgress });
      if (sha256 && answer.sha256 && answer.sha256 !== sha256) throw differs(sha256, answer.sha256);
      return answer;
    },
    onSuccess: () => {
      key.answered();
      const checked = sha256 ? ' Its SHA-256 is the same here and there.' : '';
      notifications.show({ message: `“${file?.name}” is attached.${checked}`, color: 'green' });
    },
    onError: (error) => {
      if (asProblem(error).body.status > 0) key.answered();
    },
    onSettled: () => void client.invalidateQueries({ queryKey: ['flow', target.flowId] }),
  });
  return { upload, progress, sha256, stop: () => stopping.current?.abort() };
}
