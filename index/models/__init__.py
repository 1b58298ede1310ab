"""The trained models and their files: embedding, reranking, pointing at the words that answer, word vectors."""
