import {
  Box,
  Button,
  EmptyState,
  Inline,
  LinkButton,
  SectionMessage,
  Spinner,
  Stack,
  Text,
} from '@forge/react';
import type { ForgeProblem } from '@userhero/shared/contracts/forge.ts';
import type { Texts } from '../texts/en.ts';

/** While something is fetched. */
export function Loading({ label }: { label: string }) {
  return (
    <Inline space="space.100" alignBlock="center">
      <Spinner label={label} />
      <Text>{label}</Text>
    </Inline>
  );
}

/** What went wrong, in the person's language. */
export function ProblemMessage({
  texts,
  problem,
  title,
}: {
  texts: Texts;
  problem: ForgeProblem;
  title?: string;
}) {
  return (
    <SectionMessage appearance="error" title={title ?? texts.problemTitle}>
      <Text>{texts.problemText(problem.code, problem.detail, problem.remedy)}</Text>
    </SectionMessage>
  );
}

type FailedProps = { texts: Texts; problem: ForgeProblem; onRetry: () => void };

/** Nothing can be shown; trying again may help. */
export function Failed({ texts, problem, onRetry }: FailedProps) {
  return (
    <Stack space="space.150" alignInline="start">
      <ProblemMessage texts={texts} problem={problem} />
      <Box>
        <Button onClick={onRetry}>{texts.retry}</Button>
      </Box>
    </Stack>
  );
}

/** No UserHero workflow is connected to this Jira project. */
export function NotConnected({ texts, userheroUrl }: { texts: Texts; userheroUrl: string }) {
  return (
    <EmptyState
      header={texts.notConnected.title}
      headingLevel={2}
      description={<Text>{texts.notConnected.text}</Text>}
      primaryAction={
        <LinkButton appearance="primary" href={userheroUrl} target="_blank">
          {texts.notConnected.open}
        </LinkButton>
      }
    />
  );
}
