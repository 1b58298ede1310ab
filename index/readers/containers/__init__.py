"""Files that hold other files: zipped folders, mailboxes, and mails with attachments."""
