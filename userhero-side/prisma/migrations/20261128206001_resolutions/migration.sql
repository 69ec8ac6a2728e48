-- What events tell of an issue's resolution, and what a reference knows of it. `none` is Jira's "Unresolved"; null says
-- that it was not told, or not kept. Expand only: an older replica leaves them null.
ALTER TABLE "delivery"
  ADD COLUMN "resolution_id" TEXT,
  ADD COLUMN "resolution_name" TEXT,
  ADD COLUMN "resolution_alone" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "external_reference"
  ADD COLUMN "known_resolution_id" TEXT,
  ADD COLUMN "known_resolution_name" TEXT;
