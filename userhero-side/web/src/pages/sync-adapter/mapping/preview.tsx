import { Anchor, Button, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { sameMapping } from '@userhero/shared/mapping/edit-mapping.ts';
import type { Mapping } from '@userhero/shared/mapping/mapping.ts';
import type { MappingNames } from '@userhero/shared/mapping/mapping-names.ts';
import { useCallback, useEffect, useRef, useState } from 'react';
import { Link } from 'react-router';
import { previewMapping } from '../../../data/mapping.ts';
import { Note, ProblemNote } from '../../../parts/note.tsx';
import { StatusLabel } from '../../../parts/tag.tsx';
import { ApplyMapping } from './apply-mapping.tsx';
import { MappingPart } from './mapping-part.tsx';

type PreviewProps = {
  adapterId: string;
  mapping: Mapping;
  names: MappingNames;
  valid: boolean;
  /** The version of the saved mapping while `mapping` is that one; `null` while it is not saved. */
  savedVersion: number | null;
};

/**
 * What the mapping would do to the items that are linked now, and the way to do it. Nothing is changed by looking, nor
 * by saving; what was just saved is looked at by itself.
 */
export function Preview({ adapterId, mapping, names, valid, savedVersion }: PreviewProps) {
  const { texts, workflow } = names;
  const words = texts.preview;
  const preview = useMutation({
    mutationFn: async () => ({ of: mapping, result: await previewMapping(adapterId, mapping) }),
  });
  const lastSaved = useRef(savedVersion);
  const [applied, setApplied] = useState(0);
  useEffect(() => {
    if (savedVersion === null || savedVersion === lastSaved.current) return;
    lastSaved.current = savedVersion;
    preview.mutate();
  }, [savedVersion, preview.mutate]);
  const lookAgain = useCallback(() => {
    setApplied((times) => times + 1);
    preview.mutate();
  }, [preview.mutate]);
  const shown = preview.data && sameMapping(preview.data.of, mapping) ? preview.data.result : null;
  const changing = shown?.rows.filter((row) => row.status !== row.after) ?? [];
  return (
    <MappingPart title={words.title} lead={words.lead}>
      <Button
        variant="default"
        size="xs"
        onClick={() => preview.mutate()}
        loading={preview.isPending}
        disabled={!valid}
      >
        {words.run}
      </Button>
      <div role="status" style={{ marginTop: shown ? 12 : 0 }}>
        {shown && shown.wouldChange === 0 && <Text size="sm">{words.none(shown.linked)}</Text>}
        {shown && shown.wouldChange > 0 && (
          <Note tone="info" title={words.some(shown.wouldChange, shown.linked)}>
            {shown.wouldChange > changing.length && <Text size="sm">{words.first(changing.length)}</Text>}
            {savedVersion === null ? (
              <Text size="sm">{words.saveFirst}</Text>
            ) : (
              <ApplyMapping
                key={applied}
                adapterId={adapterId}
                version={shown.version}
                wouldChange={shown.wouldChange}
                texts={texts.apply}
                onDone={lookAgain}
              />
            )}
          </Note>
        )}
      </div>
      {changing.length > 0 && (
        <section
          style={{ overflowX: 'auto', marginTop: 10 }}
          aria-label={words.rows}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
          tabIndex={0}
        >
          <table className="uh-table">
            <thead>
              <tr>
                <th scope="col">{words.item}</th>
                <th scope="col">{words.issue}</th>
                <th scope="col">{words.before}</th>
                <th scope="col">{words.after}</th>
              </tr>
            </thead>
            <tbody>
              {changing.map((row) => (
                <tr key={row.itemId}>
                  <td>
                    <Anchor component={Link} to={`/items/${row.itemId}`} size="sm">
                      {row.title}
                    </Anchor>
                  </td>
                  <td style={{ whiteSpace: 'nowrap' }}>
                    {row.issueKey}
                    {row.jiraStatus && `, ${row.jiraStatus}`}
                  </td>
                  <td>
                    <StatusLabel workflow={workflow} slug={row.status} />
                  </td>
                  <td>
                    <StatusLabel workflow={workflow} slug={row.after} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {preview.error && <ProblemNote problem={preview.error.problem} />}
    </MappingPart>
  );
}
