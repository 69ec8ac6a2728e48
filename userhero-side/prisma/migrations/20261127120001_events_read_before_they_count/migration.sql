-- What a reference knows of its issue's status includes the category: one that changes is a change.
-- NULL: not kept yet; 'none': Jira gave the status no category.
ALTER TABLE "external_reference" ADD COLUMN "known_status_category" TEXT;

-- When the reading began that the reference rests on, and when the newest event or reading that it rests on came.
ALTER TABLE "external_reference" ADD COLUMN "last_read_at" TIMESTAMPTZ(3);
ALTER TABLE "external_reference" ADD COLUMN "last_received_at" TIMESTAMPTZ(3);

-- An event that cannot be applied before its issue has been read; a reading says when it began.
ALTER TABLE "delivery" ADD COLUMN "needs_reading" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "delivery" ADD COLUMN "read_began_at" TIMESTAMPTZ(3);

CREATE INDEX "delivery_needs_reading" ON "delivery" ("adapter_id", "reference_id")
  WHERE "state" = 'pending' AND "needs_reading";

-- Events that name their issue by its key alone.
CREATE INDEX "external_reference_adapter_id_issue_key_idx" ON "external_reference" ("adapter_id", "issue_key");
