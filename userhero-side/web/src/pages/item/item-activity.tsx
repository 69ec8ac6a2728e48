import { useInfiniteQuery } from '@tanstack/react-query';
import { itemActivityQuery } from '../../data/items.ts';
import { ActivityList } from '../../parts/activity-list.tsx';
import { Failed } from '../../parts/failed.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Section } from '../../parts/section.tsx';

/** Why the item changed, or did not. */
export function ItemActivity({ itemId }: { itemId: string }) {
  const activity = useInfiniteQuery(itemActivityQuery(itemId));
  return (
    <Section title="Activity" lead="Why this item changed, or did not.">
      {activity.isPending && <Loading rows={3} height={40} label="Loading activity" />}
      {activity.error && !activity.data && <Failed error={activity.error} retry={() => activity.refetch()} />}
      {activity.data && (
        <ActivityList
          entries={activity.data.pages.flatMap((page) => page.items)}
          empty="Pushes, changes from Jira and edits are listed here, each with its reason."
          more={
            activity.hasNextPage
              ? { load: () => void activity.fetchNextPage(), busy: activity.isFetchingNextPage }
              : null
          }
        />
      )}
    </Section>
  );
}
