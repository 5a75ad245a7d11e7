import { useParams } from 'react-router';
import { ApprovalView } from './approval-view.js';
import { Inbox } from './inbox.js';

/** What waits to be signed, or one approval of it. */
export function ApprovalsPage() {
  const { approval_id: approvalId } = useParams();
  return approvalId ? <ApprovalView key={approvalId} approvalId={approvalId} /> : <Inbox />;
}
