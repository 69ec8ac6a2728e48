import type { JiraStatuses } from '@userhero/shared/contracts/adapter.ts';
import type { Mapping } from '@userhero/shared/mapping/mapping.ts';
import type { MappingNames } from '@userhero/shared/mapping/mapping-names.ts';

/** What names things in the editor; `jira` is `null` while its statuses cannot be read. */
export type Names = MappingNames & { jira: JiraStatuses | null };

/** What every part of the editor gets. `faultOf` finds the message beside a field. */
export type PartProps = {
  mapping: Mapping;
  names: Names;
  faultOf: (field: string) => string | undefined;
  onChange: (mapping: Mapping) => void;
};
