"""What comes from elsewhere: openings, files of other programs, a book of the 2004 chart."""
