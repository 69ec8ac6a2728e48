-- The Atlassian accounts that anything is kept of, and when each is reported next (Atlassian's personal data API).
CREATE TABLE "reported_account" (
  "account_id" TEXT NOT NULL,
  "kept_since" TIMESTAMPTZ(3) NOT NULL,
  "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
  "next_report_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "reported_account_pkey" PRIMARY KEY ("account_id")
);
CREATE INDEX "reported_account_next_report_at_idx" ON "reported_account"("next_report_at");

-- How far the growing tables have been searched for accounts.
CREATE TABLE "account_search" (
  "table_name" TEXT NOT NULL,
  "last_id" BIGINT NOT NULL,
  CONSTRAINT "account_search_pkey" PRIMARY KEY ("table_name")
);
