-- How the adapter's Jira project stood when it was last looked at: live, archived, deleted (in the trash), not_visible.
ALTER TABLE "adapter" ADD COLUMN "jira_project_state" TEXT NOT NULL DEFAULT 'live';

-- When an issue that Jira does not show was last looked at.
ALTER TABLE "external_reference" ADD COLUMN "looked_at" TIMESTAMPTZ(3);

-- The addresses of sites, present and former. A site is its cloud id: its address may change, and another site may
-- take a former one over, so an address belongs to the site that had it last.
CREATE TABLE "site_address" (
  "url" TEXT NOT NULL,
  "cloud_id" TEXT NOT NULL,
  "is_current" BOOLEAN NOT NULL DEFAULT true,
  CONSTRAINT "site_address_pkey" PRIMARY KEY ("url")
);
CREATE INDEX "site_address_cloud_id_idx" ON "site_address"("cloud_id");

-- Addresses that events named and no site was known to have: when the sites were last asked for because of it.
CREATE TABLE "unknown_site" (
  "url" TEXT NOT NULL,
  "asked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "unknown_site_pkey" PRIMARY KEY ("url")
);

-- The address of the adapter is the newest that is known; the references of a disconnected one may have an older.
INSERT INTO "site_address" ("url", "cloud_id", "is_current")
SELECT DISTINCT ON ("site_url") "site_url", "cloud_id", true
FROM "adapter" WHERE "site_url" IS NOT NULL AND "cloud_id" IS NOT NULL
ORDER BY "site_url", "updated_at" DESC;
INSERT INTO "site_address" ("url", "cloud_id", "is_current")
SELECT DISTINCT ON (r."site_url") r."site_url", r."cloud_id",
       NOT EXISTS (SELECT 1 FROM "site_address" s WHERE s."cloud_id" = r."cloud_id")
FROM "external_reference" r
ORDER BY r."site_url", r."updated_at" DESC
ON CONFLICT ("url") DO NOTHING;
