-- What is learned of Jira's workflows, for all replicas and across restarts. Kept by adapter, so that nothing learned
-- with one customer's account serves another. Expand only: an older replica goes on learning in its memory.
CREATE TABLE "learned_workflow" (
    "adapter_id" TEXT NOT NULL,
    "cloud_id" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "issue_type_id" TEXT NOT NULL,
    "screen" JSONB,
    "statuses" JSONB,
    "initial_status_id" TEXT,
    "read_at" TIMESTAMPTZ(3),

    CONSTRAINT "learned_workflow_pkey" PRIMARY KEY ("adapter_id", "cloud_id", "project_id", "issue_type_id")
);

CREATE TABLE "learned_step" (
    "adapter_id" TEXT NOT NULL,
    "cloud_id" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "issue_type_id" TEXT NOT NULL,
    "from_status_id" TEXT NOT NULL,
    "transitions" JSONB NOT NULL DEFAULT '[]',
    "seen_at" TIMESTAMPTZ(3),
    "doubted" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "learned_step_pkey"
      PRIMARY KEY ("adapter_id", "cloud_id", "project_id", "issue_type_id", "from_status_id")
);

ALTER TABLE "learned_workflow" ADD CONSTRAINT "learned_workflow_adapter_id_fkey"
  FOREIGN KEY ("adapter_id") REFERENCES "adapter"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "learned_step" ADD CONSTRAINT "learned_step_adapter_id_fkey"
  FOREIGN KEY ("adapter_id") REFERENCES "adapter"("id") ON DELETE CASCADE ON UPDATE CASCADE;
