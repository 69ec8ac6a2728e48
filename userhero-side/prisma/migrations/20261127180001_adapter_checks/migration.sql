-- What the last failed comparison met, and since when Jira refuses the connection itself. All empty: nothing failed.
ALTER TABLE "adapter"
  ADD COLUMN "last_check_failed_at" TIMESTAMPTZ(3),
  ADD COLUMN "last_check_problem" JSONB,
  ADD COLUMN "refused_since" TIMESTAMPTZ(3),
  ADD COLUMN "last_event_at" TIMESTAMPTZ(3);
