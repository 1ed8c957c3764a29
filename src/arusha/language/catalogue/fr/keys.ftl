## Ce qui est écrit dans les fichiers des dépositaires de la clé.

share-purpose =
    Ceci est l'une des trois parts de la clé qui ouvre la table des pseudonymes.
    Deux parts réunies montrent qui se trouve derrière un pseudonyme. Une part seule ne montre rien.
    Gardez-la pour vous, sur papier ou sur un support mis sous clé, jamais sur l'ordinateur qui fait les évaluations.
    Ne la donnez que sur demande écrite et motivée, et notez quand vous l'avez donnée.
    Si elle est perdue, signalez-le : une nouvelle clé doit être faite avant le prochain chargement.
seal-key-purpose =
    Ceci est la clé publique avec laquelle chaque chargement scelle la table des pseudonymes.
    Elle n'ouvre rien. Elle peut être copiée librement.
