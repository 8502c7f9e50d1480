"""The notice page: review, masks, life on the board, papers."""
