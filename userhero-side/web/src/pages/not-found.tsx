import { Button, Title } from '@mantine/core';
import { useEffect } from 'react';
import { Link } from 'react-router';
import { Empty } from '../parts/empty.tsx';

/** Says that there is nothing here, inside whatever page asked. */
export function NotFound() {
  useEffect(() => {
    document.title = 'Not found · UserHero';
  }, []);
  return (
    <div className="uh-page">
      <Title order={1} ta="center" mt="xl">
        There is nothing here
      </Title>
      <Empty
        title="Error 404"
        action={
          <Button component={Link} to="/">
            Go to your projects
          </Button>
        }
      >
        The page does not exist, or it belongs to another organization.
      </Empty>
    </div>
  );
}

/** The page for every unknown path. */
export function NotFoundPage() {
  return <NotFound />;
}
