"""Raw files become texts: decoded characters, front matter, and blocks that say what each paragraph is."""
