import { Button, Group, Title } from '@mantine/core';
import { useRouteError } from 'react-router';
import { Empty } from '../parts/empty.tsx';

/** What is left when a page breaks: an apology and two ways on. */
export function CrashPage({ inShell = false }: { inShell?: boolean }) {
  const error = useRouteError();
  const content = (
    <div className="uh-page" role="alert">
      <Title order={1} ta="center" mt="xl">
        This page broke
      </Title>
      <Empty
        title="The mistake is ours, your data is safe"
        action={
          <Group justify="center" gap="xs">
            <Button onClick={() => window.location.reload()}>Reload the page</Button>
            <Button variant="default" component="a" href="/">
              Go to your projects
            </Button>
          </Group>
        }
      >
        {error instanceof Error ? error.message : 'Unknown error.'}
      </Empty>
    </div>
  );
  return inShell ? content : <main>{content}</main>;
}
