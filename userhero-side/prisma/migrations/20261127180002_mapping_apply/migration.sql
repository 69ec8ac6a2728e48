-- A mapping being applied to the items that are linked already: its progress, so that a worker that dies is followed by
-- another one, and a person can look and cancel.
CREATE TABLE "mapping_apply" (
    "id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "adapter_id" TEXT NOT NULL,
    "mapping_version" INTEGER NOT NULL,
    "statuses" JSONB NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'running',
    "cursor" TEXT NOT NULL DEFAULT '',
    "linked" INTEGER NOT NULL,
    "done" INTEGER NOT NULL DEFAULT 0,
    "changed" INTEGER NOT NULL DEFAULT 0,
    "problem" JSONB,
    "requested_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),
    CONSTRAINT "mapping_apply_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "mapping_apply_adapter_id_idx" ON "mapping_apply"("adapter_id");
ALTER TABLE "mapping_apply" ADD CONSTRAINT "mapping_apply_adapter_id_fkey"
  FOREIGN KEY ("adapter_id") REFERENCES "adapter"("id") ON DELETE CASCADE ON UPDATE CASCADE;
