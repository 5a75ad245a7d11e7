import { Alert, Group, List, Stack, Text, Title } from '@mantine/core';
import { useMay } from '../../sign-in/use-who.js';
import { bytes } from '../../ui/figures.js';
import { Moment } from '../../ui/moment.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { WhyNotButton } from '../../ui/why-not-button.js';
import { useTestConnection, type System } from './queries.js';

/** Whether the source can be read as it is described. */
export function ConnectionPart({ system }: { system: System }) {
  const test = useTestConnection();
  const whyNot = useMay('decommission.write');
  const report = test.data;
  const last = report ? undefined : system.connection;
  return (
    <Stack gap="sm" component="section" aria-label="Connection">
      <Group justify="space-between">
        <Title order={3}>Connection</Title>
        <WhyNotButton
          size="compact-sm"
          variant="default"
          whyNot={whyNot}
          loading={test.isPending}
          onClick={() => test.mutate(system.system_id)}
        >
          Test connection
        </WhyNotButton>
      </Group>
      <div role="status">
        {report && (
          <Alert
            color={report.passed ? 'green' : 'red'}
            variant="light"
            title={report.passed ? 'The source can be read' : 'The source cannot be read'}
          >
            <Stack gap={4}>
              <Text size="sm">{report.message}</Text>
              {report.hint && <Text size="sm">{report.hint}</Text>}
              {report.server_version && <Text size="sm">Version {report.server_version}</Text>}
              {report.size_bytes != null && <Text size="sm">About {bytes(report.size_bytes)}</Text>}
              {report.warnings.length > 0 && (
                <List size="sm">
                  {report.warnings.map((warning) => (
                    <List.Item key={warning}>{warning}</List.Item>
                  ))}
                </List>
              )}
            </Stack>
          </Alert>
        )}
        {last && (
          <Text size="sm">
            {last.passed ? 'Passed' : 'Failed'}: {last.message} (<Moment at={last.tested_at} />)
          </Text>
        )}
        {!report && !last && <Text size="sm">Not tested yet.</Text>}
      </div>
      {test.error && <ProblemAlert error={test.error} />}
    </Stack>
  );
}
