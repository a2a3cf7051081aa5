ALTER TABLE "media_assets" ALTER COLUMN "thumbnail" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "media_assets" ADD COLUMN "audio_codec" text;--> statement-breakpoint
ALTER TABLE "media_assets" ADD COLUMN "rotation" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "media_assets" ADD COLUMN "content_hash" text;--> statement-breakpoint
ALTER TABLE "media_assets" ADD COLUMN "uploaded_as" text;