"""What was said aloud: captions and transcripts of recordings, with the time of each."""
