"""Turns a capture into the draft of a document: what it says, who says it, where and when."""
