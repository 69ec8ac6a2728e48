-- Jira's points in the present window, of the app or of a site that has its own, and who has spent them. Expand only.
CREATE TABLE "quota_pool" (
    "pool" TEXT NOT NULL,
    "window_start" TIMESTAMPTZ(3) NOT NULL,
    "window_end" TIMESTAMPTZ(3) NOT NULL,
    "quota" INTEGER NOT NULL,
    "usable" INTEGER NOT NULL,
    "spent" INTEGER NOT NULL DEFAULT 0,
    "state" TEXT NOT NULL DEFAULT 'open',
    "opened_at" TIMESTAMPTZ(3),
    "probe_at" TIMESTAMPTZ(3),
    "wall_at" TIMESTAMPTZ(3),
    "told_left" INTEGER,
    "told_at" TIMESTAMPTZ(3),
    CONSTRAINT "quota_pool_pkey" PRIMARY KEY ("pool")
) WITH (fillfactor = 50);

CREATE TABLE "quota_share" (
    "pool" TEXT NOT NULL,
    "window_start" TIMESTAMPTZ(3) NOT NULL,
    "organization_id" TEXT NOT NULL,
    "rank" SMALLINT NOT NULL,
    "spent" INTEGER NOT NULL DEFAULT 0,
    "extra" INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT "quota_share_pkey" PRIMARY KEY ("pool", "window_start", "organization_id", "rank")
) WITH (fillfactor = 50);

-- Points that were granted to work when its turn came, until it takes them.
CREATE TABLE "quota_grant" (
    "kind" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "pool" TEXT NOT NULL,
    "points" INTEGER NOT NULL,
    "granted_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "quota_grant_pkey" PRIMARY KEY ("kind", "subject_id")
);
