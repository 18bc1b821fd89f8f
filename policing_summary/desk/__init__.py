"""An editor's desk: what text editors know of the content, advice, and answers to questions about a place."""
