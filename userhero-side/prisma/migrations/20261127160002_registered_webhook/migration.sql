-- Where this deployment last told Jira to send an adapter's events, since when, and why that does not work.
ALTER TABLE "adapter"
  ADD COLUMN "registered_webhook_url" TEXT,
  ADD COLUMN "registered_webhook_since" TIMESTAMPTZ(3),
  ADD COLUMN "registered_webhook_problem" JSONB;
