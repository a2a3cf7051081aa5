ALTER TABLE "linked_videos" ADD COLUMN "vacant_since" timestamp (3) with time zone;--> statement-breakpoint
UPDATE "linked_videos" SET "vacant_since" = now() WHERE "chapter_id" IS NULL AND "removed_at" IS NULL;--> statement-breakpoint
CREATE INDEX "linked_videos_by_vacancy" ON "linked_videos" USING btree ("vacant_since") WHERE "linked_videos"."vacant_since" IS NOT NULL;