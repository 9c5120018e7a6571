"""What carries a document: the screen, paper, a web page, a word processor, a picture."""
