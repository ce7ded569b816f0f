"""English closed-class words and what else tells tags apart without a model. Written for this project."""

DETERMINERS = frozenset({"the", "a", "an", "this", "these", "those", "some", "any", "each", "every", "no", "another", "both", "all", "its", "their", "his", "her", "our", "my", "your"})  # fmt: skip
PREPOSITIONS = frozenset({"of", "in", "on", "at", "by", "for", "with", "from", "into", "against", "over", "about", "after", "before", "during", "under", "through", "between", "among", "upon", "near", "outside", "inside", "towards", "toward", "across", "along", "around", "within", "without", "despite", "since", "until", "amid", "off", "onto", "behind", "beyond", "alongside", "via", "per", "as", "than", "like", "following"})  # fmt: skip
PRONOUNS = frozenset({"he", "she", "it", "they", "we", "i", "you", "him", "her", "them", "us", "me", "himself", "herself", "itself", "themselves"})  # fmt: skip
RELATIVES = frozenset({"who", "which", "whom", "that"})
MODALS = frozenset({"will", "would", "shall", "should", "can", "could", "may", "might", "must", "wo", "ca", "'ll", "’ll", "'d", "’d"})  # fmt: skip
BE = frozenset(["be", "is", "are", "was", "were", "been", "being", "am", "'s"])
HAVE = frozenset(["has", "have", "had", "having"])
DO = frozenset(["do", "does", "did"])
ADVERBS = frozenset({"not", "never", "also", "again", "once", "now", "then", "today", "yesterday", "tomorrow", "already", "still", "soon", "later", "earlier", "ago", "first", "just", "only", "even", "too", "very", "here", "there", "always", "often", "ever", "n't"})  # fmt: skip
PARTICLES = frozenset(["up", "down", "out", "off", "back", "over", "away", "together", "aside"])
ADJECTIVE_ENDINGS = ("ous", "ful", "ive", "able", "ible", "ic", "ical", "ish", "less", "ary", "al")
ADJECTIVES = frozenset({"new", "old", "former", "top", "senior", "joint", "military", "foreign", "prime", "willing", "ready", "prepared", "open", "due", "set", "scheduled", "expected", "keen", "eager", "unwilling", "reluctant", "opposed", "interested", "committed", "determined", "local", "big", "large", "major", "armed", "humanitarian"})  # fmt: skip
NOUNISH = frozenset({"NN", "NNS", "NNP", "NNPS", "CD"})
IN_PHRASE = NOUNISH | {"DT", "JJ", "PRP$", "POS", "PDT"}
DAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "yesterday", "tomorrow"})  # fmt: skip
