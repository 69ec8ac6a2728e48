-- Work that waits for Jira's limits, a row each, and what of Jira is not to be called for a while. Expand only.
CREATE TABLE "quota_ticket" (
    "kind" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "pool" TEXT NOT NULL,
    "cloud_id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "rank" SMALLINT NOT NULL,
    "need" INTEGER NOT NULL DEFAULT 0,
    "asked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
    "not_before" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
    "waits_for" TEXT NOT NULL,
    CONSTRAINT "quota_ticket_pkey" PRIMARY KEY ("kind", "subject_id")
);
CREATE INDEX "quota_ticket_pool_organization_id_rank_asked_at_idx"
  ON "quota_ticket"("pool", "organization_id", "rank", "asked_at");
CREATE INDEX "quota_ticket_not_before_idx" ON "quota_ticket"("not_before");

-- `denied_at` says when Jira last refused calls of the scope: a second site within a minute pauses the whole app.
CREATE TABLE "quota_pause" (
    "scope" TEXT NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT,
    "strikes" INTEGER NOT NULL DEFAULT 1,
    "denied_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
    CONSTRAINT "quota_pause_pkey" PRIMARY KEY ("scope")
);
