import { Anchor, Group, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { Link } from 'react-router';

export type Crumb = { label: string; to: string };

type PageHeadingProps = {
  title: string;
  crumbs?: Crumb[];
  lead?: ReactNode;
  actions?: ReactNode;
  beside?: ReactNode;
};

/** A page's heading: where it is, what it is, and what can be done; names the browser tab as well. */
export function PageHeading({ title, crumbs = [], lead, actions, beside }: PageHeadingProps) {
  useEffect(() => {
    document.title = `${title} · UserHero`;
  }, [title]);
  return (
    <Stack gap={6} mb="lg">
      {crumbs.length > 0 && (
        <nav aria-label="Breadcrumb">
          <Group gap={6} component="ol" style={{ listStyle: 'none', margin: 0, padding: 0 }}>
            {crumbs.map((crumb, index) => (
              <li key={crumb.to}>
                <Anchor component={Link} to={crumb.to} size="sm" c="dimmed" underline="hover">
                  {crumb.label}
                </Anchor>
                {index < crumbs.length - 1 && (
                  <Text span size="sm" c="dimmed" ml={6} aria-hidden="true">
                    /
                  </Text>
                )}
              </li>
            ))}
          </Group>
        </nav>
      )}
      <Group justify="space-between" align="flex-start" gap="sm">
        <Group gap="sm" style={{ flex: '1 1 260px', minWidth: 0 }}>
          <Title order={1} style={{ minWidth: 0 }}>
            {title}
          </Title>
          {beside}
        </Group>
        {actions && <Group gap="xs">{actions}</Group>}
      </Group>
      {lead && (
        <Text c="dimmed" maw={680}>
          {lead}
        </Text>
      )}
    </Stack>
  );
}
