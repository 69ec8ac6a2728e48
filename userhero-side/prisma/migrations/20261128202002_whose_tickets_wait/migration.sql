-- What a ticket's work carries, and whose adapter it is of; since when a visit waits; whom a long wait was told to.
ALTER TABLE "quota_ticket"
  ADD COLUMN "adapter_id" TEXT,
  ADD COLUMN "data" JSONB NOT NULL DEFAULT '{}';
CREATE INDEX "quota_ticket_adapter_id_idx" ON "quota_ticket"("adapter_id");

ALTER TABLE "sync_visit" ADD COLUMN "waiting_since" TIMESTAMPTZ(3);

CREATE TABLE "quota_told" (
    "organization_id" TEXT NOT NULL,
    "adapter_id" TEXT NOT NULL,
    "told_at" TIMESTAMPTZ(3) NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "quota_told_pkey" PRIMARY KEY ("organization_id")
);
