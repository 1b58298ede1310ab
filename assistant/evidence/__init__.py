"""A place in a document and who says it there: candidates, citations, speakers asked for, quotations and their check."""
