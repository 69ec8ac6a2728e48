-- Since when Jira's changes may be unknown (the begin of the last search that reached its last page), when the next
-- search is due, how many issues of the project the last one named, and how many changes it found that no event told.
-- The next page of the daily reading begins behind `read_after`; `read_absent_at`: many issues of that page were absent at
-- once, and are read a second time before anything is concluded.
ALTER TABLE "adapter"
  ADD COLUMN "search_from" TIMESTAMPTZ(3),
  ADD COLUMN "search_due_at" TIMESTAMPTZ(3),
  ADD COLUMN "project_edits" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "search_drift" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "read_after" TEXT NOT NULL DEFAULT '',
  ADD COLUMN "read_due_at" TIMESTAMPTZ(3),
  ADD COLUMN "read_absent_at" TIMESTAMPTZ(3);

-- Jira's time of the issue's last change when its fields were last compared, and since when Jira does not show it.
ALTER TABLE "external_reference"
  ADD COLUMN "read_updated_ms" BIGINT,
  ADD COLUMN "lost_at" TIMESTAMPTZ(3);
UPDATE "external_reference" SET "lost_at" = coalesce("looked_at", "updated_at")
WHERE "state" IN ('issue_deleted', 'project_deleted', 'not_visible');

-- A comparison of before began some time ahead of the moment that was noted at its end.
UPDATE "adapter" SET "search_from" = "last_reconciled_at" - interval '1 hour',
  "search_due_at" = now() + random() * interval '1 hour';

CREATE INDEX "adapter_search_due_idx" ON "adapter"("search_due_at") WHERE "state" = 'active';
CREATE INDEX "adapter_read_due_idx" ON "adapter"("read_due_at") WHERE "state" = 'active';
