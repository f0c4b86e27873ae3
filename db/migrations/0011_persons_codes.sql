-- A code may also prove an address to sign in with, or one that somebody wants for their own.
ALTER TABLE "codes" DROP CONSTRAINT "codes_purpose";--> statement-breakpoint
ALTER TABLE "codes" ADD CONSTRAINT "codes_purpose" CHECK ("purpose" in ('confirm_booking', 'open_booking', 'sign_in', 'change_address'));
