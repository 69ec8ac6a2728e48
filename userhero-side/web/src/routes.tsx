import { createBrowserRouter } from 'react-router';
import { CrashPage } from './pages/crash.tsx';
import { ItemPage } from './pages/item/item-page.tsx';
import { NotFoundPage } from './pages/not-found.tsx';
import { ProjectPage } from './pages/project.tsx';
import { ProjectsPage } from './pages/projects.tsx';
import { SignInPage } from './pages/sign-in.tsx';
import { AdapterPage } from './pages/sync-adapter/adapter-page.tsx';
import { SyncAdaptersPage } from './pages/sync-adapters/sync-adapters-page.tsx';
import { WorkflowPage } from './pages/workflow/workflow-page.tsx';
import { Shell } from './parts/shell.tsx';
import { SignedIn } from './parts/signed-in.tsx';

/** Every page's path, by the product documentation's words. */
export function createRouter() {
  return createBrowserRouter([
    { path: '/sign-in', element: <SignInPage />, errorElement: <CrashPage /> },
    {
      element: (
        <SignedIn>
          <Shell />
        </SignedIn>
      ),
      errorElement: <CrashPage />,
      children: [
        {
          errorElement: <CrashPage inShell />,
          children: [
            { path: '/', element: <ProjectsPage /> },
            { path: '/projects/:projectId', element: <ProjectPage /> },
            { path: '/projects/:projectId/workflows/:workflowId', element: <WorkflowPage /> },
            { path: '/projects/:projectId/settings/sync-adapters', element: <SyncAdaptersPage /> },
            { path: '/projects/:projectId/settings/sync-adapters/:adapterId', element: <AdapterPage /> },
            { path: '/items/:itemId', element: <ItemPage /> },
            { path: '*', element: <NotFoundPage /> },
          ],
        },
      ],
    },
  ]);
}
