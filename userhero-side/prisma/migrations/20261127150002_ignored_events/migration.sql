-- Events that told of one of the adapter's issues under an address that no site is known to have, and when the last
-- one came. Empty again once the site's address has been read.
ALTER TABLE "adapter"
  ADD COLUMN "ignored_events" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "ignored_at" TIMESTAMPTZ(3);
