import { Button } from '@mantine/core';
import { problemOf } from '../api.ts';
import { NotFound } from '../pages/not-found.tsx';
import { ProblemNote } from './note.tsx';

type FailedProps = { error: unknown; retry: () => void; page?: boolean };

/** What takes the place of content that could not be loaded. */
export function Failed({ error, retry, page = false }: FailedProps) {
  const problem = problemOf(error);
  if (page && (problem.code === 'not_found' || problem.status === 404)) return <NotFound />;
  return (
    // The fields are those of the request, which nobody here has filled in.
    <ProblemNote problem={{ ...problem, errors: [] }}>
      <div>
        <Button size="xs" variant="default" mt={6} onClick={retry}>
          Try again
        </Button>
      </div>
    </ProblemNote>
  );
}
