/** A queue in front of one shared, durable write. */
export type GroupCommit<Item, Answer> = {
  /** Resolves when the item is durable; `full` when too many wait already. */
  submit(item: Item): Promise<Answer> | 'full';
  /** Waits until everything that was submitted is durable. */
  drain(): Promise<void>;
};

/**
 * Lets concurrent requests share one write: while a group is being written, the next one gathers. One write at a time
 * makes larger groups, which measured faster than several. Under no load a
 * request waits for nobody; under load the groups grow by themselves, up to `mostPerGroup`.
 *
 * @param mostWaiting beyond it requests are turned away, so that memory stays bounded and Jira retries later
 */
export function createGroupCommit<Item, Answer>(settings: {
  write: (group: readonly Item[]) => Promise<readonly Answer[]>;
  mostPerGroup: number;
  mostWaiting: number;
}): GroupCommit<Item, Answer> {
  type Waiting = { item: Item; resolve: (answer: Answer) => void; reject: (error: unknown) => void };
  let waiting: Waiting[] = [];
  let isWriting = false;
  let idle: (() => void)[] = [];

  const writeNext = async (): Promise<void> => {
    const group = waiting.slice(0, settings.mostPerGroup);
    waiting = waiting.slice(settings.mostPerGroup);
    isWriting = true;
    try {
      const answers = await settings.write(group.map((entry) => entry.item));
      group.forEach((entry, index) => {
        entry.resolve(answers[index] as Answer);
      });
    } catch (error) {
      for (const entry of group) entry.reject(error);
    } finally {
      isWriting = false;
      // What has arrived meanwhile is read first and goes along.
      setImmediate(proceed);
    }
  };

  const proceed = (): void => {
    if (isWriting) return;
    if (waiting.length > 0) void writeNext();
    else {
      for (const wake of idle) wake();
      idle = [];
    }
  };

  return {
    submit(item) {
      if (waiting.length >= settings.mostWaiting) return 'full';
      const { promise, resolve, reject } = Promise.withResolvers<Answer>();
      waiting.push({ item, resolve, reject });
      // Requests that were read in the same turn of the event loop belong together.
      if (waiting.length === 1) setImmediate(proceed);
      return promise;
    },
    async drain() {
      if (waiting.length === 0 && !isWriting) return;
      await new Promise<void>((done) => idle.push(done));
    },
  };
}
