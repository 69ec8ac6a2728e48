-- An activity is a code with its values and becomes a sentence when it is read. Entries of before keep their sentence.
ALTER TABLE "activity" ADD COLUMN "code" TEXT;
ALTER TABLE "activity" ADD COLUMN "values" JSONB;
ALTER TABLE "activity" ALTER COLUMN "summary" SET DEFAULT '';
