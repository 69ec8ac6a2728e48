import { useInfiniteQuery } from '@tanstack/react-query';
import { adapterActivityQuery } from '../../data/adapters.ts';
import { ActivityList } from '../../parts/activity-list.tsx';
import { Failed } from '../../parts/failed.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Section } from '../../parts/section.tsx';

/** What the adapter did, and why. */
export function AdapterActivity({ adapterId }: { adapterId: string }) {
  const activity = useInfiniteQuery(adapterActivityQuery(adapterId));
  return (
    <Section title="Activity" lead="Every push, change from Jira, skip and failure, with its reason.">
      {activity.isPending && <Loading rows={4} height={40} label="Loading activity" />}
      {activity.error && !activity.data && <Failed error={activity.error} retry={() => activity.refetch()} />}
      {activity.data && (
        <ActivityList
          entries={activity.data.pages.flatMap((page) => page.items)}
          empty="Push an item, or move an issue in Jira, and it is listed here."
          showItem
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
