import { xcss } from '@atlaskit/primitives';

/** An app's `xcss` object, which `@forge/react` hands over as it was written, through Atlaskit's own `xcss`. */
export function stylesOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? xcss({ ...value }) : undefined;
}
