-- A create in doubt: when its answer was given up, and when a search that counts first found nothing. Expand only: an
-- older replica writes neither, and its doubts count from the create.
ALTER TABLE "push" ADD COLUMN "create_awaited_until" TIMESTAMPTZ(3), ADD COLUMN "create_not_found_at" TIMESTAMPTZ(3);

-- The pushes of an adapter that one search looks for together. They are few at any time.
CREATE INDEX "push_doubtful_idx" ON "push"("adapter_id")
  WHERE "create_sent_at" IS NOT NULL AND "state" IN ('pending', 'running');
