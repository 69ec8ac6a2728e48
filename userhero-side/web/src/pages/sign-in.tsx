import { Button, Group, Paper, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { signIn } from '../data/session.ts';
import { LogoMark } from '../parts/icons.tsx';
import { Note } from '../parts/note.tsx';

/** Only a path of our own may be the way back. */
function wayBack(from: string | null): string {
  return from?.startsWith('/') && !from.startsWith('//') && !from.startsWith('/\\') ? from : '/';
}

/** Sign-in with e-mail and password. */
export function SignInPage() {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [params] = useSearchParams();
  const client = useQueryClient();
  const navigate = useNavigate();
  useEffect(() => {
    document.title = 'Sign in · UserHero';
  }, []);

  const attempt = useMutation({
    mutationFn: () => signIn(email.trim(), password),
    onSuccess: (result) => {
      if (!result.ok) return;
      client.clear();
      navigate(wayBack(params.get('from')), { replace: true });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    attempt.mutate();
  };

  return (
    <main style={{ minHeight: '100vh', display: 'grid', placeItems: 'center', padding: 16 }}>
      <div style={{ width: '100%', maxWidth: 400 }}>
        <Group gap={10} mb="lg" justify="center">
          <LogoMark size={32} />
          <Text fw={680} fz={20}>
            UserHero
          </Text>
        </Group>
        <Paper className="uh-card" p="xl" bg="var(--uh-surface)">
          <form onSubmit={submit}>
            <Stack gap="md">
              <div>
                <Title order={1}>Sign in</Title>
                <Text size="sm" c="dimmed">
                  to your workflows and their sync with Jira
                </Text>
              </div>
              {attempt.data?.ok === false && (
                <Note tone="bad" title="Not signed in" live="assertive">
                  <Text size="sm">{attempt.data.message}</Text>
                </Note>
              )}
              <TextInput
                label="Email"
                type="email"
                autoComplete="username"
                required
                withAsterisk={false}
                autoFocus
                value={email}
                onChange={(event) => setEmail(event.currentTarget.value)}
              />
              <PasswordInput
                label="Password"
                autoComplete="current-password"
                required
                withAsterisk={false}
                value={password}
                onChange={(event) => setPassword(event.currentTarget.value)}
                visibilityToggleButtonProps={{ 'aria-label': 'Show or hide what was typed' }}
              />
              <Button type="submit" fullWidth loading={attempt.isPending} mt="xs">
                Sign in
              </Button>
            </Stack>
          </form>
        </Paper>
      </div>
    </main>
  );
}
