"""Documents that are at hand: files, folders, archives, standard input and the samples; read and parsed in bulk."""
