/**
 * How long a function waits for UserHero. A function that Forge ends (after 25 s, docs, "Forge platform quotas and
 * limits") can say nothing any more; one that gives up by itself tells the person, or asks for the event again.
 */
const answerTimeoutMs = 15_000;

/** What `asked` answers, or an error once it took too long. */
export async function withTimeLimit<T>(asked: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`no answer within ${answerTimeoutMs / 1000} seconds`)),
      answerTimeoutMs,
    );
  });
  try {
    return await Promise.race([asked, tooLong]);
  } finally {
    clearTimeout(timer);
  }
}
