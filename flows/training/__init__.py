"""How the weights of the shipped name tagger are made: corpora in, `seeds/models/names-en.npz` out."""
