export type PreviewKind = 'pdf' | 'image' | 'csv' | 'text';

const kinds: Record<string, PreviewKind> = {
  'application/pdf': 'pdf',
  'image/png': 'image',
  'image/jpeg': 'image',
  'text/csv': 'csv',
  'text/plain': 'text',
  'application/json': 'text',
  'message/rfc822': 'text',
};

/** How a document is shown here; undefined for one that only its own program shows. */
export const previewKind = (mediaType: string): PreviewKind | undefined => kinds[mediaType];
