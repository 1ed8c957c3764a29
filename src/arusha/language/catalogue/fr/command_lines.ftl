## Ce qu'affichent les commandes des enquêtes, de la gouvernance des données et du contrôle des évaluations.

survey-begun = Rien ne vaut pour moins de { $n } personnes dans ce qui passe par { $folder }
survey-digest = Empreinte, à noter ailleurs : { $digest }
survey-released = { $number } { $at } { $table } : cases montrées { $shown }, retenues { $withheld }
survey-smallest = Plus petit groupe : { $n }
survey-written = Cases montrées { $shown }, retenues { $withheld } : { $file }
survey-ledger-digest = Empreinte du registre, à noter ailleurs : { $digest }
rows-in-file = Lignes : { $n }, dans { $file }
verify-again = { $files } fichiers comme le dit le manifeste ; { $units } unités, dont { $signals ->
    [one] { $signals } signal
   *[other] { $signals } signaux
 } ; le plan a été relancé et donne les mêmes octets
verify-not-again = { $files } fichiers comme le dit le manifeste ; { $units } unités, dont { $signals ->
    [one] { $signals } signal
   *[other] { $signals } signaux
 } ; pas relancé (sans --workspace)
data-load = { $at } { $digest } { $of } lues { $count } écartées = { $share } (de { $low } à { $high }) : { $verdict }
data-load-expected = { $at } { $digest } { $of } lues { $count } écartées = { $share } (de { $low } à { $high }, au plus { $most } attendu) : { $verdict }
data-changed = Changé : { $what }
data-no-load = Aucun chargement n'est connu.
data-can-be-asked = peut être posée
data-cannot-be-asked = ne peut être posée : il manque { $lacks }
data-helped = { $asked } ; serait aidée par { $unaided }
data-source = Source { $id } : { $state } ; { $terms } ; { $people } ; en attente : { $n }
data-terms = { $cadence }, tables : { $tables }, colonnes : { $columns }
data-no-terms = pas encore de conditions
data-people = responsable { $owner }, gestionnaire { $steward }
data-no-source = Aucune source n'est enregistrée.
data-letter = { $id }  { $state }  { $day }  points : { $n }
data-no-letter = Aucune question n'a été rédigée.
data-no-site = Aucun site n'a encore été ouvert : rien d'échu n'est connu.
data-due = { $item } { $name }  échu depuis { $day } ({ $ground })
data-due-kept = { $item } { $name }  échu depuis { $day } ({ $ground }), gardé : { $kept }
data-going = Partent : { $go } ; restent quand même : { $stay }.
clash-lacks = On ne peut conclure : il manque aux données { $what }.
clash-records = Données du { $first } au { $last }. Utilisateurs qui avaient les deux droits d'une paire dans un bureau :
clash-use-unknown = usage : on ne peut conclure
clash-used = utilisés par { $users } sur { $together } déclarations ({ $acting } avec une charge enregistrée, { $excepted } avec une exception), tour à tour sur { $turn }, sans droit enregistré sur { $lacking }
clash-pair = { $roles } : { $now } le dernier jour, { $ever } sur la période ; { $use }
clash-empty = La liste des rôles à séparer est vide.
clash-no-use-acts = L'usage ne peut être dit : quels actes relèvent de quel rôle n'est pas déclaré (--acts FILE).
clash-no-use-log = L'usage ne peut être dit : le journal n'est pas assez bon.
clash-no-use-tables = L'usage ne peut être dit : aucune paire de rôles n'a dans les données des actes propres des deux côtés.
clash-shared = Actes à la fois de { $one } et de { $other }, laissés de côté : { $acts }.
clash-silent = Rôles sans acte propre dans une paire : { $names }.
clash-unread = Actes dont la table manque aux données : { $names }.
clash-unknown = Rôles que personne ne tient dans les données : { $names }.
clash-strangers = Les deux moitiés de { $n } déclarations par quelqu'un qui n'a jamais eu les deux droits dans les données : il y manque des droits, ou des actes sont déclarés pour le mauvais rôle.
clash-problem-backwards = Droits qui finissent avant de commencer et n'ont aucun effet : { $n }.
clash-problem-twice = Paires que la liste nomme deux fois : { $n }.
clash-problem-with-itself = Rôles que la liste oppose à eux-mêmes : { $n }.
ledger-of = Registre { $origin } dans { $where } : { $n } inscriptions, racine { $root }
ledger-held = Point de contrôle de { $n } inscriptions, signé par { $names } : { $agrees }
ledger-nobody = personne dont la clé ait été donnée
ledger-agrees = concorde
ledger-agrees-not = NE CONCORDE PAS
ledger-not-holds = NE TIENT PAS : { $problem }
ledger-note = Remarque : { $note }
ledger-first = Les { $n } premières inscriptions sont celles dont les points de contrôle ont été faits.
ledger-alone = Rien dans le registre ne se contredit.
ledger-limits = Ce que cela ne peut prouver :
ledger-impossible = { $name } (à une heure impossible)
