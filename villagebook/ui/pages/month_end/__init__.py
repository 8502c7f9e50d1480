"""Cash and bank, the close of the month, the two lines, handing over."""
