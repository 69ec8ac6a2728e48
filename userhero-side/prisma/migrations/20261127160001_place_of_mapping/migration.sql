-- The Jira project whose statuses a mapping may name: ids of two sites overlap, so a project id alone tells nothing.
ALTER TABLE "adapter"
  ADD COLUMN "mapping_cloud_id" TEXT,
  ADD COLUMN "mapping_project_id" TEXT;

UPDATE "adapter" SET "mapping_cloud_id" = "cloud_id", "mapping_project_id" = "jira_project_id";
