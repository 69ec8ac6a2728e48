-- What syncing more than the status keeps. Expand only: nothing is backfilled, and a replica of before goes on beside it.
-- `walking_by` names who walks an issue, so that a walk whose lease was lost ends nobody else's.
ALTER TABLE "external_reference"
  ADD COLUMN "agreed_status" TEXT,
  ADD COLUMN "status_apart" TEXT,
  ADD COLUMN "walking_by" TEXT;

ALTER TABLE "adapter"
  ADD COLUMN "sync" JSONB NOT NULL DEFAULT '{}',
  ADD COLUMN "groups" SMALLINT NOT NULL DEFAULT 0;

ALTER TABLE "delivery" ADD COLUMN "touched" SMALLINT NOT NULL DEFAULT 0;

CREATE TABLE "sync_base" (
    "reference_id" TEXT NOT NULL,
    "thing" TEXT NOT NULL,
    "here" TEXT,
    "there" TEXT,
    "original" TEXT,
    "sent" JSONB,
    "replaced" JSONB,
    "hold" JSONB,
    CONSTRAINT "sync_base_pkey" PRIMARY KEY ("reference_id", "thing")
);
ALTER TABLE "sync_base" ADD CONSTRAINT "sync_base_reference_id_fkey"
  FOREIGN KEY ("reference_id") REFERENCES "external_reference"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "sync_visit" (
    "reference_id" TEXT NOT NULL,
    "grp" TEXT NOT NULL,
    "adapter_id" TEXT NOT NULL,
    "rank" SMALLINT NOT NULL,
    "turn" INTEGER NOT NULL DEFAULT 0,
    "asked_ids" TEXT[] NOT NULL DEFAULT '{}',
    "read_ids" TEXT[] NOT NULL DEFAULT '{}',
    "due_at" TIMESTAMPTZ(3),
    "rest_until" TIMESTAMPTZ(3),
    "taken_by" TEXT,
    "taken_until" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT,
    "visited_at" TIMESTAMPTZ(3),
    CONSTRAINT "sync_visit_pkey" PRIMARY KEY ("reference_id", "grp")
);
ALTER TABLE "sync_visit" ADD CONSTRAINT "sync_visit_reference_id_fkey"
  FOREIGN KEY ("reference_id") REFERENCES "external_reference"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What is due, in the order in which it is visited; and what waits for an adapter that does not sync at the moment.
CREATE INDEX "sync_visit_due_idx" ON "sync_visit"("rank", "due_at") WHERE "due_at" IS NOT NULL;
CREATE INDEX "sync_visit_halted_idx" ON "sync_visit"("adapter_id") WHERE "due_at" = 'infinity';
