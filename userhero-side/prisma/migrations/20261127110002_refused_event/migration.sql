-- The last request with the adapter's own secret that could not be read, and why; empty again once one could.
ALTER TABLE "adapter" ADD COLUMN "refused_event" JSONB;
