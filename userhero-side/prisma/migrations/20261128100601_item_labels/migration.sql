-- Items get labels. Expand only: an older replica leaves them empty.
ALTER TABLE "item" ADD COLUMN "labels" TEXT[] NOT NULL DEFAULT '{}';
