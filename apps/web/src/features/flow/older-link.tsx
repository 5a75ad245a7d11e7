import { notifications } from '@mantine/notifications';
import { useEffect } from 'react';
import { Navigate, useSearchParams } from 'react-router';

/** Links of earlier clients name the flow as a parameter. */
export function OlderLink() {
  const [search] = useSearchParams();
  const flowId = search.get('flow_id');
  useEffect(() => {
    if (!flowId)
      notifications.show({ id: 'no-flow', title: 'No flow selected', message: 'Choose a flow here, or start one.', color: 'orange' });
  }, [flowId]);
  return <Navigate to={flowId ? `/decommission/flow/${encodeURIComponent(flowId)}/data-migration` : '/decommission'} replace />;
}
