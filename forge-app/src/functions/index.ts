/** The resolver of the project page and the issue panel. */
export async function resolver(): Promise<object> {
  return { ok: true };
}

/** The trigger for changed and deleted issues. */
export async function issueChanged(): Promise<void> {}
