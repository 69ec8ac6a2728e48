import { AppShell, Box, Burger, Group, NavLink, Text, VisuallyHidden } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef } from 'react';
import { Link, Outlet, useLocation, useParams } from 'react-router';
import { itemQuery } from '../data/items.ts';
import { projectQuery } from '../data/projects.ts';
import { AccountMenu } from './account-menu.tsx';
import { ColorSchemeMenu } from './color-scheme-menu.tsx';
import { ListIcon, LogoMark, SyncIcon } from './icons.tsx';
import { toTop } from './to-top.ts';

/** The frame around every signed-in page: header, the project's navigation, content. */
export function Shell() {
  const [menuOpen, menu] = useDisclosure(false);
  const { project, workflowId } = useWhereabouts();
  const { pathname } = useLocation();
  const firstPath = useRef(pathname);
  const close = menu.close;

  useEffect(() => {
    if (firstPath.current === pathname) return;
    firstPath.current = '';
    close();
    toTop();
  }, [pathname, close]);

  const withNavigation = project !== undefined;
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={withNavigation ? { width: 236, breakpoint: 'md', collapsed: { mobile: !menuOpen } } : undefined}
      padding={{ base: 'md', sm: 'lg' }}
    >
      <a className="uh-skip" href="#main">
        Skip to content
      </a>
      <AppShell.Header bg="var(--uh-surface)">
        <Group h="100%" px={{ base: 'md', sm: 'lg' }} justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            {withNavigation && (
              <Burger
                hiddenFrom="md"
                size="sm"
                opened={menuOpen}
                onClick={menu.toggle}
                aria-label={menuOpen ? 'Close navigation' : 'Open navigation'}
                aria-expanded={menuOpen}
              />
            )}
            <Link to="/" style={{ color: 'inherit', textDecoration: 'none' }}>
              <Group gap={9} wrap="nowrap">
                <LogoMark />
                <Text fw={680} fz={17} style={{ letterSpacing: '-0.01em' }}>
                  UserHero
                </Text>
                <VisuallyHidden>, all projects</VisuallyHidden>
              </Group>
            </Link>
          </Group>
          <Group gap="xs" wrap="nowrap">
            <ColorSchemeMenu />
            <AccountMenu />
          </Group>
        </Group>
      </AppShell.Header>
      {project && (
        <AppShell.Navbar p="md" bg="var(--uh-surface)" aria-label={`Project ${project.name}`}>
          <Text
            fw={620}
            component={Link}
            to={`/projects/${project.id}`}
            c="inherit"
            td="none"
            px={10}
            mb="sm"
          >
            {project.name}
          </Text>
          <NavGroup title="Workflows">
            {project.workflows.map((workflow) => (
              <Entry
                key={workflow.id}
                to={`/projects/${project.id}/workflows/${workflow.id}`}
                label={workflow.name}
                within={workflow.id === workflowId}
                icon={<ListIcon />}
              />
            ))}
            {project.workflows.length === 0 && (
              <Text size="sm" c="dimmed" px={10}>
                None yet
              </Text>
            )}
          </NavGroup>
          <NavGroup title="Settings">
            <Entry
              to={`/projects/${project.id}/settings/sync-adapters`}
              label="Sync Adapters"
              icon={<SyncIcon />}
            />
          </NavGroup>
        </AppShell.Navbar>
      )}
      <AppShell.Main id="main" tabIndex={-1} style={{ outline: 'none' }}>
        <Outlet />
      </AppShell.Main>
    </AppShell>
  );
}

/** Which project and workflow the page belongs to; an item's page knows only the item. */
function useWhereabouts() {
  const { projectId, workflowId, itemId } = useParams();
  const item = useQuery({
    ...itemQuery(itemId ?? ''),
    enabled: itemId !== undefined,
    refetchInterval: false,
  });
  const id = projectId ?? item.data?.projectId;
  const project = useQuery({ ...projectQuery(id ?? ''), enabled: id !== undefined }).data;
  return { project, workflowId: workflowId ?? item.data?.workflowId };
}

function NavGroup({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Box mb="lg">
      <Text size="xs" c="dimmed" fw={600} px={10} mb={4}>
        {title}
      </Text>
      {children}
    </Box>
  );
}

type EntryProps = { to: string; label: string; icon: ReactNode; within?: boolean };

function Entry({ to, label, icon, within = false }: EntryProps) {
  const { pathname } = useLocation();
  const here = pathname === to;
  const active = here || within || pathname.startsWith(`${to}/`);
  return (
    <NavLink
      component={Link}
      to={to}
      label={label}
      leftSection={icon}
      active={active}
      aria-current={here ? 'page' : active ? 'true' : undefined}
      px={10}
      py={7}
      style={{ borderRadius: 8 }}
    />
  );
}
