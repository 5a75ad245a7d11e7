import { Code, Image, Skeleton, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { fetchFile } from '../../ui/download.js';
import { EmptyState } from '../../ui/empty-state.js';
import { count } from '../../ui/figures.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { firstRows, shownRows } from './csv-rows.js';
import { previewKind } from './preview-kind.js';
import type { ArtifactVersion } from './queries.js';

const shownCharacters = 200_000;

/** An address of the content within this page, under the type that was checked when it was attached and no other. */
function useObjectUrl(content: Blob | undefined, mediaType: string): string | undefined {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    if (!content) return undefined;
    const made = URL.createObjectURL(new Blob([content], { type: mediaType }));
    setUrl(made);
    return () => {
      URL.revokeObjectURL(made);
      setUrl(undefined);
    };
  }, [content, mediaType]);
  return url;
}

function useText<T>(key: string, content: Blob, read: (text: string) => Promise<T> | T) {
  return useQuery({
    queryKey: ['fixed', 'preview', key],
    queryFn: async () => read(await content.text()),
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
  });
}

function CsvPreview({ name, sha256, content }: { name: string; sha256: string; content: Blob }) {
  const rows = useText(`csv ${sha256}`, content, firstRows);
  if (rows.isPending) return <Skeleton h={240} />;
  if (!rows.data) return <ProblemAlert error={rows.error} />;
  const [head = [], ...body] = rows.data;
  const shown = body.slice(0, shownRows);
  return (
    <>
      <Table.ScrollContainer
        minWidth={480}
        maxHeight="70vh"
        scrollAreaProps={{ viewportProps: { tabIndex: 0, role: 'region', 'aria-label': name } }}
      >
        <Table stickyHeader aria-label={name} striped>
          <Table.Thead>
            <Table.Tr>
              {head.map((cell, index) => (
                <Table.Th key={index}>{cell}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map((row, index) => (
              <Table.Tr key={index}>
                {row.map((cell, column) => (
                  <Table.Td key={column}>{cell}</Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Text size="sm" c="dimmed">
        {body.length > shownRows
          ? `The first ${count(shownRows)} rows. Download the document to see all.`
          : `All ${count(shown.length)} rows.`}
      </Text>
    </>
  );
}

function TextPreview({ mediaType, sha256, content }: { mediaType: string; sha256: string; content: Blob }) {
  const text = useText(`text ${sha256}`, content, (all) => {
    const start = all.slice(0, shownCharacters);
    return { isWhole: start.length === all.length, said: mediaType === 'application/json' ? inLines(all, start) : start };
  });
  if (text.isPending) return <Skeleton h={240} />;
  if (!text.data) return <ProblemAlert error={text.error} />;
  return (
    <>
      <Code block tabIndex={0} style={{ maxHeight: '70vh', overflow: 'auto' }}>
        {text.data.said}
      </Code>
      {!text.data.isWhole && (
        <Text size="sm" c="dimmed">
          The beginning. Download the document to see all.
        </Text>
      )}
    </>
  );
}

/** JSON on many lines where that is what it is. */
function inLines(all: string, otherwise: string): string {
  try {
    return JSON.stringify(JSON.parse(all), null, 2).slice(0, shownCharacters);
  } catch {
    return otherwise;
  }
}

function PdfPreview({ url, name }: { url: string; name: string }) {
  return (
    <iframe src={url} title={`Preview of ${name}`} style={{ width: '100%', height: '70vh', border: '1px solid var(--lastcopy-line)' }} />
  );
}

/** A content of a document as the page can show it. */
export function PreviewContent({ artifactId, version }: { artifactId: string; version: ArtifactVersion }) {
  const { filename, media_type, sha256 } = version;
  const kind = previewKind(media_type);
  const content = useQuery({
    queryKey: ['fixed', 'artifact-content', artifactId, version.version],
    queryFn: ({ signal }) => fetchFile(`/api/v1/artifacts/${artifactId}/content?version=${version.version}`, signal),
    enabled: kind !== undefined,
    staleTime: Infinity,
    gcTime: 60_000,
  });
  const url = useObjectUrl(content.data, media_type);
  if (!kind) return <EmptyState title="This kind of file is not shown here">Download it and open it in its own program.</EmptyState>;
  if (content.error) return <ProblemAlert error={content.error} retry={() => void content.refetch()} />;
  if (!content.data || !url) return <Skeleton h={320} />;
  if (kind === 'pdf') return <PdfPreview url={url} name={filename} />;
  if (kind === 'image') return <Image src={url} alt={version.title ?? filename} fit="contain" w="auto" maw="100%" mah="70vh" />;
  if (kind === 'csv') return <CsvPreview name={filename} sha256={sha256} content={content.data} />;
  return <TextPreview mediaType={media_type} sha256={sha256} content={content.data} />;
}
