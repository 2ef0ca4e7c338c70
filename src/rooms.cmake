# The rooms of Abode and who may include whom: the whole graph. docs/architecture.md tells the story; the architecture test
# enforces it.
#   USES   rooms it may include
#   SHOWS  outside libraries that its headers may include
#   HIDES  outside libraries that only its .cpp files may include

# pure: no IO, no clock, no randomness
room(base       SHOWS result fmt)                    # results, ids, bytes, time, Clock, Random, Secret, Personal
room(codec      USES base  SHOWS json  HIDES toml)   # deterministic CBOR, strict JSON and TOML, base64, hex, base32
room(digest     USES base  HIDES openssl)            # SHA-256, HMAC, signature checks
room(certificates USES base  HIDES openssl)          # X.509: chains up to a pinned certificate
room(credential USES base codec digest certificates  HIDES zlib)  # proofs of residence: SD-JWT VC, status lists, one verification
room(openid4vp  USES base codec digest certificates credential  HIDES openssl)  # asking a wallet for a proof: request, encrypted answer, what came of it
room(metrics    USES base  HIDES fmt)                # counters and histograms for the operator
room(identity   USES base  HIDES fmt)                # machine-readable zones, documents, names
room(webauthn   USES base codec digest  HIDES fido)   # what browsers hand over for passkeys, checked
room(rules      USES base)                           # residence state machine, purposes, profiles, floors, deadlines
room(log        USES base codec digest  HIDES fmt)   # Merkle tree, tiles, notes, proofs, a person's history
room(profiles   USES base codec digest rules text)      # profile files and calendars, and those built in
room(deadlines  USES base codec profiles rules)      # on the person's side only: no room of the server may use it (G9)

# what the use cases need of the world, and the use cases
room(ports      USES base digest certificates)                    # Store, Sealer and Grant, Signer, ProofKeys, TileFiles
room(service    USES base codec digest credential webauthn identity rules log ports)  # use cases: one transaction each; the sequencer

# adapters
room(text       USES base codec  HIDES icu)                # Unicode text as people type it; what we say to them; civil times
room(openssl    USES base digest log ports  HIDES openssl) # sealing, signing, randomness
room(pkcs11     USES base digest  HIDES pkcs11 fmt)        # keys in a device that never hands them out
room(paper      USES base text qr  HIDES cairo pango)      # letters and certificates as PDF
room(sqlite     USES base ports system  HIDES sqlite posix) # the Store on SQLite, with group commit
room(system     USES base ports  HIDES posix fmt)          # clock, durable files, processes
room(mail       USES base codec ports  HIDES curl fmt)     # the Mailer: messages, and SMTP
room(http       USES base  HIDES asio beast tls url fmt)   # server and client behind plain Request -> Response

room(qr         USES base  HIDES qrencode)                 # QR codes as squares
room(html       USES base)                                 # pages as elements and escaped text, their look, what browsers may do with them
room(webapp     USES ports html http)                      # the web app's built files: encodings, caching, what its pages may do
room(scan       USES base  HIDES posix)                    # codes in pictures and PDFs, by a program of its own: abode-scan
room(pictures   USES base scan  HIDES zxing poppler cairo png turbojpeg posix)  # what is in abode-scan: reads strangers' files

# on the side of those who check the log or a proof: no register in sight
room(witness    USES base codec digest log http)           # cosigns checkpoints of logs that only grow (C2SP tlog-witness)
room(verifier   USES base codec digest credential openid4vp html qr http webapp)  # asks wallets for proofs, and shows what came of it
room(fetch      USES base http  HIDES curl)                # requests to other servers, over TLS or plain
room(monitor    USES base codec log)                       # follows a log: grows it from its leaves, compares with witnesses

# lists of people
room(lists      USES base codec identity rules service text  HIDES fmt)   # CSV of people to enrol, and synthetic ones

# surfaces
room(api        USES base codec credential webauthn identity rules log ports service text paper html http)      # routes, JSON <-> types, problem details
room(wallets    USES codec credential digest service http api) # proofs into wallets: OpenID4VCI
room(pages      USES base codec identity rules log ports service text html qr http webapp api)  # plain HTML pages; scripts for passkeys and leaving

# commands
room(cli        USES base codec digest credential lists log rules profiles deadlines system http fetch monitor scan  HIDES cli11 fmt)  # the command line
room(app        USES base codec digest credential metrics identity rules log profiles ports service text lists openssl pkcs11 paper sqlite system mail http webapp api pages wallets witness openid4vp verifier fetch
                     cli
                HIDES toml fmt posix asio)                                       # settings, wiring, and the commands on a register
