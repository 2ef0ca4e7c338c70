# The rooms of Abode and who may include whom: the whole graph. docs/architecture.md tells the story; the architecture test enforces it.
#   USES   rooms it may include      SHOWS  outside libraries its headers may include      HIDES  those only its .cpp files may

# pure
room(base                                         SHOWS result fmt)    # results, ids, bytes, time, Clock, Random, Secret, Personal
room(codec      USES base                         SHOWS json)          # deterministic CBOR, strict JSON, base64, hex, base32
room(digest     USES base                         HIDES openssl)       # SHA-256, HMAC, signature checks
room(identity   USES base                         HIDES fmt)           # machine-readable zones, documents, names
