import { MantineProvider } from '@mantine/core';
import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { RouterProvider } from 'react-router/dom';
import { problemOf } from './api.ts';
import { createRouter } from './routes.tsx';
import { cssVariables, theme } from './theme.ts';

const maxRetries = 2;

// A session that ended is seen by whichever query asks first; the guard in `signed-in.tsx` reads `me`.
function createQueryClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => {
        if (problemOf(error).code === 'unauthenticated' && query.queryKey[0] !== 'me') {
          void client.invalidateQueries({ queryKey: ['me'] });
        }
      },
    }),
    defaultOptions: {
      queries: {
        retry: (failures, error) => {
          const { status } = problemOf(error);
          return (status === 0 || status >= 500) && failures < maxRetries;
        },
      },
    },
  });
  return client;
}

/** The UserHero pages. */
export function App() {
  const [client] = useState(createQueryClient);
  const [router] = useState(createRouter);
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" cssVariablesResolver={cssVariables}>
      <QueryClientProvider client={client}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  );
}
