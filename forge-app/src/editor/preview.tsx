import { Box, LoadingButton, SectionMessage, Stack, Text } from '@forge/react';
import type { ForgeProblem } from '@userhero/shared/contracts/forge.ts';
import type { MappingPreview } from '@userhero/shared/contracts/mapping-api.ts';
import { sameMapping } from '@userhero/shared/mapping/edit-mapping.ts';
import type { Mapping } from '@userhero/shared/mapping/mapping.ts';
import { statusName } from '@userhero/shared/mapping/mapping-names.ts';
import { useState } from 'react';
import { callResolver } from '../parts/call-resolver.ts';
import { Section } from '../parts/section.tsx';
import { ProblemMessage } from '../parts/states.tsx';
import { Table } from '../parts/table.tsx';
import type { Names } from './names.ts';

type PreviewProps = { adapterId: string; mapping: Mapping; names: Names; isValid: boolean };

/** What the mapping would do to the items that are linked now. Nothing is changed by looking. */
export function Preview({ adapterId, mapping, names, isValid }: PreviewProps) {
  const [isRunning, setRunning] = useState(false);
  const [seen, setSeen] = useState<{ of: Mapping; result: MappingPreview } | null>(null);
  const [problem, setProblem] = useState<ForgeProblem | null>(null);
  const { preview } = names.texts;
  const run = async (): Promise<void> => {
    setRunning(true);
    const answer = await callResolver('previewMapping', { adapterId, mapping });
    setRunning(false);
    setProblem(answer.ok ? null : answer.problem);
    if (answer.ok) setSeen({ of: mapping, result: answer.value });
  };
  const shown = seen && sameMapping(seen.of, mapping) ? seen.result : null;
  return (
    <Section title={preview.title} lead={preview.leadInJira}>
      <Box>
        <LoadingButton isLoading={isRunning} isDisabled={!isValid} onClick={() => void run()}>
          {preview.run}
        </LoadingButton>
      </Box>
      {problem && <ProblemMessage texts={names.page} problem={problem} title={preview.failed} />}
      {shown && <PreviewResult names={names} result={shown} />}
    </Section>
  );
}

function PreviewResult({ names, result }: { names: Names; result: MappingPreview }) {
  const { preview } = names.texts;
  const changing = result.rows.filter((row) => row.status !== row.after);
  if (result.wouldChange === 0) return <Text>{preview.none(result.linked)}</Text>;
  return (
    <Stack space="space.100">
      <SectionMessage appearance="information">
        <Text>{`${preview.some(result.wouldChange, result.linked)}.`}</Text>
      </SectionMessage>
      <Table
        label={preview.title}
        columns={[preview.item, preview.issue, preview.before, preview.after]}
        rows={changing.map((row) => ({
          key: row.itemId,
          cells: [
            row.title,
            [row.issueKey, row.jiraStatus].filter(Boolean).join(', '),
            statusName(names, row.status),
            statusName(names, row.after),
          ],
        }))}
      />
    </Stack>
  );
}
