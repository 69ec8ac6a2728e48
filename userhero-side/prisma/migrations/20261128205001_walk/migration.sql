-- A move under way, as it was before the call that is being made: whoever takes it over goes on from there.
ALTER TABLE "external_reference" ADD COLUMN "walk" JSONB;

-- The few that are open, for the housekeeping that has them gone on with.
CREATE INDEX "external_reference_walk_idx" ON "external_reference" ("walking_until") WHERE "walk" IS NOT NULL;
