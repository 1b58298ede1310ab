"""Who speaks where through a document: speakers' labels, letters and their authors, layers of mails, texts quoted inside."""
