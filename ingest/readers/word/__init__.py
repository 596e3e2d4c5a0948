"""Word processors: .docx, .doc, .rtf and .odt, and what they share (`flow`, `numbering`)."""
