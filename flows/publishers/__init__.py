"""Publishers from their files, and a look at one on the web before it has a file."""
