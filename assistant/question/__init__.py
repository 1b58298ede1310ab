"""What is asked, as one typed value: the kind of question, who or what it is about, and its parts."""
