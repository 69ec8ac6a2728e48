import { Skeleton, Stack, VisuallyHidden } from '@mantine/core';

type LoadingProps = { rows?: number; height?: number; label?: string };

/** The shape of what is coming, as tall as it will be, so that nothing jumps. */
export function Loading({ rows = 4, height = 44, label = 'Loading' }: LoadingProps) {
  return (
    <Stack gap="sm" role="status" aria-busy="true">
      <VisuallyHidden>{label}…</VisuallyHidden>
      {Array.from({ length: rows }, (_, index) => `row ${index}`).map((row) => (
        <Skeleton key={row} height={height} radius="md" />
      ))}
    </Stack>
  );
}
