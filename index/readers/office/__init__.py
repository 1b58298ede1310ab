"""Office files beside Word's: slides, sheets, OpenDocument and rich text, and books."""
