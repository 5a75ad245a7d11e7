import { Navigate, Outlet, useLocation } from 'react-router';
import { useSession } from './use-who.js';

/** Lets only signed-in people through; after signing in they come back to where they wanted to go. */
export function RequireSignIn() {
  const signedIn = useSession();
  const { pathname, search } = useLocation();
  if (!signedIn) return <Navigate to={`/login?return_to=${encodeURIComponent(pathname + search)}`} replace />;
  return <Outlet />;
}
