import { createBrowserRouter, Navigate, type RouteObject } from 'react-router';
import { LoginPage } from '../sign-in/login-page.js';
import { RequireSignIn } from '../sign-in/require-sign-in.js';
import { SignedInPage } from '../sign-in/signed-in-page.js';
import { PageSkeleton } from '../ui/page-skeleton.js';
import { ErrorPage, NotFoundPage } from './error-page.js';
import { Shell } from './shell.js';

type Page = () => React.ReactNode;

/** A page is fetched when somebody goes there. */
const page = (path: string, load: () => Promise<Page>): RouteObject => ({ path, lazy: async () => ({ Component: await load() }) });

const pages: RouteObject[] = [
  page('/decommission', async () => (await import('../features/overview/overview-page.js')).OverviewPage),
  page('/decommission/flow/:flow_id/data-migration', async () => (await import('../features/flow/flow-page.js')).FlowPage),
  page('/decommission/data-migration', async () => (await import('../features/flow/older-link.js')).OlderLink),
  page('/decommission/jobs/:job_id', async () => (await import('../features/job/job-page.js')).JobPage),
  page('/decommission/systems', async () => (await import('../features/systems/systems-page.js')).SystemsPage),
  page('/decommission/policies', async () => (await import('../features/policies/policies-page.js')).PoliciesPage),
  page('/decommission/audit', async () => (await import('../features/audit/audit-page.js')).AuditPage),
  page('/approvals', async () => (await import('../features/approvals/approvals-page.js')).ApprovalsPage),
  page('/approvals/:approval_id', async () => (await import('../features/approvals/approvals-page.js')).ApprovalsPage),
  page('/notifications', async () => (await import('../features/notifications/notifications-page.js')).NotificationsPage),
  page('/notifications/preferences', async () => (await import('../features/notifications/preferences-page.js')).PreferencesPage),
];

export const makeRouter = () =>
  createBrowserRouter([
    {
      errorElement: <ErrorPage />,
      hydrateFallbackElement: <PageSkeleton />,
      children: [
        { path: '/', element: <Navigate to="/decommission" replace /> },
        { path: '/login', element: <LoginPage /> },
        { path: '/signed-in', element: <SignedInPage /> },
        {
          element: <RequireSignIn />,
          children: [
            {
              element: <Shell />,
              children: [{ errorElement: <ErrorPage />, children: [...pages, { path: '*', element: <NotFoundPage /> }] }],
            },
          ],
        },
      ],
    },
  ]);
