import { Center, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Navigate, useLocation } from 'react-router';
import { meQuery } from '../data/session.ts';
import { Failed } from './failed.tsx';

/** Lets signed-in people through and sends everybody else to the sign-in page, remembering the way back. */
export function SignedIn({ children }: { children: ReactNode }) {
  const me = useQuery(meQuery);
  const location = useLocation();
  if (me.error?.problem.code === 'unauthenticated') {
    const from = `${location.pathname}${location.search}`;
    return <Navigate to={from === '/' ? '/sign-in' : `/sign-in?from=${encodeURIComponent(from)}`} replace />;
  }
  if (me.data) return children;
  if (me.error) {
    return (
      <main className="uh-page" data-narrow style={{ padding: 24 }}>
        <Failed error={me.error} retry={() => me.refetch()} />
      </main>
    );
  }
  return (
    <Center h="100vh" component="main">
      <Loader aria-label="Loading UserHero" />
    </Center>
  );
}
