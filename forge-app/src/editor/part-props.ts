import type { Mapping } from '@userhero/shared/mapping/mapping.ts';
import type { Names } from './names.ts';

/** What every part of the editor gets. `faultOf` finds the message beside a field. */
export type PartProps = {
  mapping: Mapping;
  names: Names;
  faultOf: (field: string) => string | undefined;
  onChange: (mapping: Mapping) => void;
};
