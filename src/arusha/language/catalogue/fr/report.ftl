## Le rapport : ses titres, ses phrases, ses colonnes.

report-title = Évaluation de l'intégrité
skip-to-content = Aller au contenu
period-text = du { $start } au { $end }
plan-amended = Modifié : ce plan a été enregistré alors que les résultats d'un autre plan existaient déjà. À lire en gardant cela à l'esprit. Empreintes des plans antérieurs :
chart-numbers = Les chiffres de ce graphique
less-than = moins de { $value }
missing-columns = { $table } ({ $columns })
no-office = (sans bureau)

answer-heading = La réponse en un paragraphe
answer-asked =
    Nous avons posé { $asked ->
        [one] une question
       *[other] { $asked } questions
    } à { $declarations ->
        [one] une déclaration
       *[other] { $declarations } déclarations
    } de { $offices ->
        [one] un bureau
       *[other] { $offices } bureaux
    }, { $period }.
answer-offices-examined = Quelque chose a pu être examiné dans { $examined } de ces { $offices } bureaux.
answer-not-assessed =
    { $n ->
        [one] Une question n'a pas pu être évaluée, faute de données.
       *[other] { $n } questions n'ont pas pu être évaluées, faute de données.
    }
answer-unusual =
    { $unusual ->
        [0] Pour ce qui a pu être évalué (questions : { $assessed }), rien ne sort de l'attendu sans explication dans les données.
        [one] Pour ce qui a pu être évalué (questions : { $assessed }), une entrée est inhabituelle : elle dépasse le hasard et les données ne l'expliquent pas.
       *[other] Pour ce qui a pu être évalué (questions : { $assessed }), { $unusual } entrées sont inhabituelles (questions touchées : { $questions }) : elles dépassent le hasard et les données ne les expliquent pas.
    }
answer-whom =
    { $unusual ->
        [one] Elle nomme { $whom }.
       *[other] Elles nomment { $whom }.
    }
answer-shared = Certaines nomment la même personne et peuvent reposer sur les mêmes déclarations : ce ne sont pas autant de cas distincts.
answer-nothing = Pour ce qui a pu être évalué (questions : { $assessed }), rien ne sort de l'attendu.
answer-explained =
    { $explained ->
        [one] Une autre dépassait le hasard, et les données l'expliquent.
       *[other] { $explained } autres dépassaient le hasard, et les données les expliquent.
    }
answer-none-told =
    { $n ->
        [one] Une de ces questions n'a rien pu examiner : trop peu de données, ou une raison honnête convient tout autant.
       *[other] { $n } de ces questions n'ont rien pu examiner : trop peu de données, ou une raison honnête convient tout autant.
    }
answer-untold = Le tableau compte sous « Sans conclusion » ce qui n'a pas pu être dit : ce n'est pas un signe que tout y va bien.
answer-chance = Par construction, si les règles avaient été suivies partout, au plus { $k } évaluations semblables sur 100 montreraient tout de même quelque chose d'inhabituel.
answer-measured =
    Mesuré : sur { $worlds } administrations inventées sans aucun stratagème, à chacune { $questions } questions posées, { $hit ->
        [0] aucune n'a montré quoi que ce soit
        [one] { $hit } a montré quelque chose
       *[other] { $hit } ont montré quelque chose
    } ({ $share }).
next-step-none = Ensuite : lisez ce dont on ne peut rien conclure, et pourquoi. Ce rapport seul ne justifie aucune mesure concernant une personne.
pseudonyms-sealed = L'identité est scellée ; il faut deux détenteurs de clés pour l'ouvrir.
pseudonyms-unsealed = L'identité derrière les pseudonymes n'a pas été scellée au chargement des données : qui détient le fichier de clé et les codes de l'administration peut la retrouver seul.
standing-next = Chaque page nomme les raisons ordinaires qui ont été cherchées d'abord, et ce que les données n'ont pas pu montrer.
next-step = Ensuite : regardez les lignes derrière chaque point inhabituel (la page sur la vérification dit comment), et demandez d'abord les raisons ordinaires. Ce rapport seul ne justifie aucune mesure concernant une personne.
overview-caption = Ce qui a été demandé, et ce qui en est sorti
contents-heading = Sommaire

asked-heading = Ce qui a été demandé
asked-intro = Chaque question confronte les données aux règles de l'administration elle-même, ou à ce que le hasard produirait. Les questions, la période et les limites ont été fixées, et leur empreinte conservée, avant tout résultat de celles-ci. La page sur la vérification dit ce qui le prouve.
asked-rates = Une question porte sur des bureaux, sur des actes enregistrés par des agents ou sur des paires agent et déclarant, jamais sur la valeur d'une personne. Rien n'est additionné d'une question à l'autre.
not-asked = Le plan a laissé ces questions de côté ; elles n'ont pas été posées :

data-heading = Les données qui ont été lues
data-intro = Lignes lues = lignes acceptées + lignes écartées (attendues et fautives) + lignes pour aucune table, pour chaque fichier. Une ligne écartée est conservée avec sa raison et son numéro, et n'est pas utilisée. Les lignes pour aucune table ont été lues et les données n'en gardent rien : la correspondance ne les met dans aucune table, ou cette table vient d'un autre fichier. Un fichier sans table à côté de lui complète les lignes d'autres fichiers.
files-caption = Lignes par fichier
aside-caption = Lignes écartées : les fautives par bureau et raison, les attendues par raison
aside-reading = Une raison fautive dont un bureau a une part bien plus grande que sa part des déclarations mérite à elle seule un regard : des données abîmées cachent autant qu'elles trompent.
unread-tables = Ces données ont été chargées, et aucune question de cette évaluation ne les lit : { $tables }.
unread-rights = Les droits incompatibles sont l'objet d'une commande à part (arusha data clashes) et d'une page de l'atelier.
glossary-stratum = strate
glossary-stratum-meaning = Des cas semblables en tout ce qu'une question tient égal. Seuls ceux-là sont comparés entre eux.
glossary-pool = groupe
glossary-pool-meaning = Les agents entre lesquels les dossiers d'une sorte sont répartis.
glossary-pick = choix
glossary-pick-meaning = L'agent à qui une déclaration a d'abord été confiée, par le système ou à la main.
glossary-lot = lot de marchandises
glossary-lot-meaning = Des marchandises déclarées ensemble, d'un importateur chez un agent dans une semaine : elles comptent comme un seul tirage.
glossary-act = acte
glossary-act-meaning = Une visite qu'un agent a inscrite dans le système.
glossary-lane = circuit
glossary-lane-meaning = Le circuit de contrôle où une déclaration a été envoyée. Vert : mainlevée aussitôt. Bleu : mainlevée, contrôle après coup. Jaune : contrôle des documents. Rouge : visite des marchandises.
glossary-procedure = codes tels que IM4
glossary-procedure-meaning = Le régime douanier tel que le système l'écrit : IM4 est la mise à la consommation, IM7 l'entrée en entrepôt, EX1 l'exportation.
glossary-signal-id = Code du signal
glossary-signal-id-meaning = Le code de 16 lettres et chiffres, en gris sous un nom. Il retrouve cette entrée dans les fichiers, dans l'atelier et avec arusha evidence.
aside-none = Aucune ligne n'a été écartée.
noted-heading = Ce que le chargement a noté
noted-intro = Les lignes concernées ont été lues telles qu'elles sont écrites. Ce qui est dit ici peut être anodin, ou avoir changé une réponse : qui tient la source peut le dire. Les cellules des enregistrements ne sont montrées que par leur forme.
aside-sum = Sur { $n } lignes écartées, { $expected } sont attendues et { $faulty } sont fautives.
aside-expected-what = Attendues : les lignes que le système de l'administration garde à côté de celles qui comptent, comme les versions antérieures d'une déclaration, les déclarations annulées, les entrées qui n'étaient pas en vigueur, ou une déclaration écrite une fois de plus pour chacun de ses articles. Elles peuvent faire plus de la moitié d'un fichier. Ce n'est pas un défaut et rien n'est perdu : de chaque déclaration, la version qui compte est utilisée.
aside-faulty-what = Fautives : les lignes qui ne respectent pas la forme convenue, ou qui dépendent d'une telle ligne. Ce qu'elles disaient manque à toutes les réponses. Qui tient la source, ou la correspondance, peut les corriger.
aside-expected = attendue
aside-faulty = fautive

column-question = Question posée
column-examined = Examinés
column-unusual = Inhabituels
column-explained = Expliqués
column-cannot-tell = Sans conclusion
column-file = Fichier
column-table = Table lue
column-rows = Lignes
column-accepted = Acceptées
column-set-aside = Écartées
column-aside-expected = Écartées, attendues
column-aside-faulty = Écartées, fautives
column-aside-kind = Attendue ou fautive
column-no-table = Aucune table
column-share-faulty = Part fautive
column-office = Bureau
column-reason = Raison
column-unit = Qui ou quoi
column-exposure = Cas
column-observed = Observé
column-expected = Attendu
column-effect = Effet tel que vu, avec intervalle
effect-relative = Effet : écart à la règle, en part de celle-ci, avec son intervalle.
effect-ratio = Effet tel que vu : la part des cas qui comptent, avec son intervalle exact (chaque cas pris seul, la part attendue prise comme donnée), et la part attendue. Ramené vers les unités semblables : observé divisé par attendu (1 : comme attendu), rapproché de ce que montrent les unités semblables, d'autant plus qu'il y a peu de données ou que le nombre attendu est mal connu ; il peut être loin des nombres.
effect-share = Effet tel que vu : la part des cas qui est allée dans ce sens, avec son intervalle exact (chaque cas pris seul, la part attendue prise comme donnée), et la part attendue. Ramené vers les unités semblables : de combien de points sur cent la part dépasse celle des dossiers semblables des autres déclarants, rapproché de l'absence de différence, d'autant plus qu'il y a peu de données. Il ne se calcule pas à partir des nombres d'à côté : l'attendu compte aussi les dossiers de ce déclarant.
effect-own = Effet : dans l'unité propre de la question, après rétrécissement, avec son intervalle.
effect-expected = attendu : { $share }
effect-drawn-share = Ramené vers les unités semblables : { $effect } points de plus ({ $interval })
effect-drawn-ratio = Ramené vers les unités semblables : { $effect } fois ce qui était attendu ({ $interval })
effect-drawn-price = Ramené vers les unités semblables : { $effect } ({ $interval })
effect-picked = Ce qui ressort a été choisi parce que c'est grand : tel que vu, c'est probablement trop grand ; ramené vers les unités semblables, cela peut être trop petit.
effect-column-share = Part en excès en points, ramenée vers les paires semblables : intervalle
effect-column-ratio = Observé / attendu, intervalle
effect-column-relative = Écart à la règle, intervalle
effect-column-own = Effet, intervalle
explanation-accounts = trouvée, et l'explique
explanation-remains = trouvée, ne l'explique pas
column-q = valeur q
column-word = En mots
column-explanation = Explication cherchée
column-officer = agent
column-declarant = déclarant
column-lane = Circuit

# ``units`` is one of the counts below.
units-different = { $units } ({ $n } différents, certains dans plusieurs bureaux)
units-pair = { $n ->
    [one] une paire agent et déclarant
   *[other] { $n } paires agent et déclarant
}
units-officer = { $n ->
    [one] un agent
   *[other] { $n } agents
}
units-user = { $n ->
    [one] un utilisateur
   *[other] { $n } utilisateurs
}
units-declarant = { $n ->
    [one] un déclarant
   *[other] { $n } déclarants
}
units-importer = { $n ->
    [one] un importateur
   *[other] { $n } importateurs
}
units-office = { $n ->
    [one] un bureau
   *[other] { $n } bureaux et circuits
}
units-declaration = { $n ->
    [one] une déclaration
   *[other] { $n } déclarations
}
units-product = { $n ->
    [one] un produit
   *[other] { $n } produits
}

question-sentence =
    L'examen a porté sur { $units } : { $flagged ->
        [0] rien ne sort de l'attendu sans explication.
        [one] un cas sort de l'attendu et les données ne l'expliquent pas.
       *[other] { $flagged } cas sortent de l'attendu et les données ne les expliquent pas.
    }
question-explained =
    { $explained ->
        [one] Un autre sortait de l'attendu, et les données l'expliquent.
       *[other] { $explained } autres sortaient de l'attendu, et les données les expliquent.
    }
question-none-examined =
    { $cannot ->
        [0] Il n'y avait rien à examiner.
        [one] La seule unité vue avait trop peu de données pour être examinée.
       *[other] Aucune des { $cannot } unités vues n'avait assez de données pour être examinée.
    }
question-chance = Si la règle avait été suivie partout, au plus { $k } évaluations semblables sur 100 environ montreraient quelque chose à cette question.

signals-caption = Ce qui sort de l'attendu, expliqué ou non, dans un ordre neutre
signals-left-out =
    { $n ->
        [one] Une autre ligne est dans signals.parquet.
       *[other] { $n } autres lignes sont dans signals.parquet.
    }
verdict-unusual-explained = sortait de l'attendu, expliqué

explanations-heading = Raisons ordinaires, cherchées d'abord
explanations-caption = Pour combien de cas hors de l'attendu chaque raison a été trouvée
explanations-none-needed = Rien ne sortait de l'attendu : aucune raison n'était à chercher.
cannot-heading = Ce dont on ne peut rien conclure
cannot-intro = Il y avait ici trop peu pour dire quoi que ce soit, ou une raison honnête convient aussi bien qu'une autre. Cela ne veut pas dire que tout va bien.
cannot-none = Toutes les unités vues ont pu être examinées.
method-found = Trouvé, mesuré
method-found-text = Sur { $planted } stratagèmes des sortes cherchées, placés dans des administrations inventées aux données complètes, la question en a trouvé { $found } ({ $share }) ; sur les { $strong } forts, { $strong_found }. Ce qu'elle n'a pas signalé n'est pas pour autant en ordre.
method-found-shared = Un stratagème que plusieurs questions cherchent compte comme trouvé si l'une d'elles le montre.
method-found-none = Non mesuré : aucun stratagème de cette sorte n'a été placé dans les administrations inventées.
money-none =
    { $flagged ->
        [0] Aucun montant n'est donné : rien ne sort de l'attendu.
       *[other] Aucun montant n'est donné : pour ce qui sort de l'attendu, les données ne donnent pas de taxe en jeu.
    }
chart-none-out = Examen de { $units } : rien ne sort de l'attendu
chart-none-unexplained = Examen de { $units } : rien ne sort de l'attendu sans explication
chart-none-ordinary = Examen de { $units } : rien ne diffère plus que de telles unités d'ordinaire
chart-headline-untold =
    { $n ->
        [one] { $headline } ; { $n } autre sans conclusion
       *[other] { $headline } ; { $n } autres sans conclusion
    }

method-heading = Comment cela a été calculé
method-unit = Ce qui est comparé
method-null = Tenu pour vrai tant que les données ne disent pas le contraire
method-statistic = Test employé
method-floors = Plus petit cas regardé
method-floors-text = au moins { $exposure } cas, et une différence d'au moins { $effect }
method-floors-counts = au moins { $exposure } cas, et un nombre éloigné d'au moins { $effect } de l'attendu
method-peers = Comparé seulement à ce qui partage
method-period = Période
method-rate = Taux de faux signaux
method-rate-text = sur beaucoup d'évaluations, en moyenne au plus { $k } sur 100 de ce qui est signalé devrait être dû au hasard
method-false-flags = Faux signaux mesurés
method-gaming = Comment on pourrait le contourner
method-counter = Ce qui est surveillé en regard
method-forbidden = À ne pas utiliser pour
method-source = Sources
method-version = Version de la question
method-plan = Empreinte du plan
method-queries = Requêtes exécutées

money-sentence =
    { $n ->
        [one] Pour le seul cas hors de l'attendu et non expliqué
       *[other] Pour les { $n } cas hors de l'attendu et non expliqués
    } à la question « { $question } », la taxe en jeu est de { $amount } ({ $interval }), en monnaie nationale.
money-reading = C'est une estimation, non une dette de quiconque. Ses bornes sont les sommes des bornes de chaque cas : plutôt larges qu'étroites. Elle peut être trop haute, car ce qui ressort en partie par chance paraît plus grand qu'il n'est ; elle peut être trop basse, car les marchandises sans marchandises semblables n'y sont pas. Les montants de questions différentes peuvent être le même argent : ils ne s'additionnent pas.
money-part-of = Le calcul porte sur des marchandises qui supportaient { $compared } des { $all } de droits et taxes sur leurs marchandises avec prix : rien n'est dit du reste, le total peut donc être plus grand.
money-heading = Recettes en jeu

gaps-heading = Ce qui n'a pas pu être évalué
gaps-intro = Ces questions demandent des données qui n'étaient pas dans l'extrait. Non évalué n'est ni une bonne ni une mauvaise nouvelle.
gaps-none = Toutes les questions ont pu être évaluées avec les données fournies.
gaps-limits = Ce qui ne laisse pas de trace dans les données ne se voit pas ici : ce qui est convenu hors du système, et les cas où tous les intéressés ont écrit la même chose.

check-heading = Comment vérifier ce rapport
check-intro = Quiconque a le dossier et l'espace de travail peut refaire chaque chiffre. DIR est le dossier de cette évaluation.
check-verify = Vérifier les empreintes et tout refaire :
check-evidence = Voir les lignes derrière un signal, chacune avec son fichier et son numéro de ligne :
check-queries = Lire les requêtes : le dossier « queries » contient toutes celles qui ont été exécutées, avec un commentaire à chaque étape.
check-workspace = Espace de travail
check-made = Fait avec Arusha { $version } le { $at } (UTC).

glossary-heading = Mots employés
glossary-signal = un signal
glossary-signal-meaning = Une différence plus grande que ce que le hasard produirait, avant toute recherche d'explication.
glossary-observed = observé
glossary-observed-meaning = Ce que montrent les données.
glossary-expected = attendu
glossary-expected-meaning = Ce que la règle, ou le hasard entre cas semblables, donnerait en moyenne.
glossary-effect = effet
glossary-effect-meaning = La taille de la différence, une fois les estimations fondées sur peu de données rapprochées de la moyenne.
glossary-interval = intervalle
glossary-interval-meaning = La plage où l'ampleur se trouve probablement. Tel que vu, un intervalle large veut dire peu de données. Ramené vers les unités semblables, celui de peu de données montre surtout ce que sont les unités semblables. Ce qui ressort a été choisi parce que c'est grand : ses plages manquent la vérité plus souvent que celles des autres.
glossary-q = valeur q
glossary-q-meaning = Parmi toutes les unités qui sortent autant ou plus de l'attendu, la part qui devrait l'être par hasard.
glossary-funnel = entonnoir
glossary-funnel-meaning = Un graphique d'un taux selon le nombre de cas, avec des limites qui se resserrent quand les cas augmentent.
glossary-shrinkage = rétrécissement
glossary-shrinkage-meaning = Rapprocher une estimation de la moyenne, d'autant plus qu'elle repose sur peu de données.
glossary-pseudonym = pseudonyme
glossary-pseudonym-meaning = Un code à la place d'un nom : P- précède une personne de l'administration, T- un opérateur ou un courtier, R- un représentant.
detail-word-items = nombre d'articles
detail-word-value = valeur déclarée
glossary-set-aside = écarté
glossary-set-aside-meaning = Une ligne qui n'est pas utilisée et que l'on garde avec sa raison : elle ne respecte pas la forme convenue, ou le système la garde à côté de celle qui compte.
language-heading = Cette langue

axis-expected-count = Nombre attendu
axis-ratio = Observé / attendu
axis-ratio-one = Comme attendu (1)
axis-lane-rate = Part des déclarations
axis-parameter = Taux dans les règles

chart-assignment-steering-funnel-headline =
    { $n ->
        [one] Une paire se rencontre plus souvent que la règle ne le donnerait
       *[other] { $n } paires se rencontrent plus souvent que la règle ne le donnerait
    }
chart-assignment-steering-funnel-subtitle = Chaque marque est un agent avec un déclarant : déclarations observées sur attendues, selon le nombre attendu
chart-assignment-steering-matrix-headline = Qui a rencontré qui au bureau { $office }
chart-assignment-steering-matrix-subtitle = Déclarations observées / attendues, pour les déclarants dont quelque chose ressort, par agent
chart-assignment-override-funnel-headline =
    { $n ->
        [one] Les dossiers d'un déclarant sont passés plus souvent que ceux des autres au même moment
       *[other] Les dossiers de { $n } déclarants sont passés plus souvent que ceux des autres au même moment
    }
chart-assignment-override-funnel-subtitle = Une marque par déclarant : dossiers passés après le premier choix, observés sur attendus, selon le nombre attendu
chart-lane-rates-rates-headline =
    { $n ->
        [one] Un circuit s'écarte du taux des règles
       *[other] { $n } circuits s'écartent du taux des règles
    }
chart-lane-rates-rates-subtitle = Part des déclarations envoyées dans chaque circuit, avec son intervalle, et taux en vigueur
lane-random = part aléatoire
lane-of-procedure = { $procedure } : { $lane }
lane-of-others = autres régimes : { $lane }
lane-from = { $lane }, dès le { $start }
axis-random-share = Part choisie au hasard
axis-minimum = Minimum des règles
chart-lane-rates-random-headline =
    { $n ->
        [one] Une part aléatoire est sous son minimum
       *[other] { $n } parts aléatoires sont sous leur minimum
    }
chart-lane-rates-random-subtitle = Part choisie au hasard parmi ce qu'aucun critère n'a retenu, avec son intervalle, et minimum en vigueur
chart-lane-change-without-act-funnel-headline =
    { $n ->
        [one] Une personne clôt des contrôles hors des règles plus souvent que les autres
       *[other] { $n } personnes closent des contrôles hors des règles plus souvent que les autres
    }
chart-lane-change-without-act-funnel-subtitle = Contrôles clos sans acte de visite ou par quelqu'un qui leur est étranger, observés sur attendus, selon le nombre attendu
chart-finding-rate-funnel-headline =
    { $n ->
        [one] Un agent trouve moins que ses collègues dans des marchandises semblables, au-delà des différences ordinaires
       *[other] { $n } agents trouvent moins que leurs collègues dans des marchandises semblables, au-delà des différences ordinaires
    }
chart-finding-rate-funnel-subtitle = Constatations observées sur attendues pour les marchandises visitées, une marque par agent, selon le nombre attendu
chart-finding-rate-caterpillar-headline = Pour { $touching } sur { $n }, l'intervalle contient l'attendu
chart-finding-rate-caterpillar-subtitle = Constatations observées sur attendues, après rétrécissement, avec intervalles

absent-heading = Données absentes de l'extrait
limits-heading = Ce qu'aucune donnée ne peut montrer
table-declarations = déclarations
table-assignments = attributions
table-items = articles
table-inspections = actes de visite
table-events = journal du système
table-officers = agents
table-postings = affectations
table-shifts = équipes
table-duties = congés, intérims et postes
table-offices = bureaux
table-calendar = calendrier d'ouverture
table-parties = opérateurs et commissionnaires
table-assignment-rules = règles d'attribution
table-assignment-pools = groupes d'attribution
table-selectivity-rules = règles de sélectivité
zero-line = Au taux d'ensemble de { $rate }, ne rien trouver du tout ne serait inhabituel qu'à partir de { $n } visites.
tax-at-stake = Taxe en jeu : { $amount } ({ $interval })
axis-expected-findings = Constatations attendues
axis-found = Part des visites avec constatation
column-selected = Mode de sélection
selected-random = au hasard, { $lane }
selected-criteria = par critère, { $lane }
chart-finding-rate-random-headline = Ce qui a été choisi au hasard, à part de ce que les critères ont retenu
chart-finding-rate-random-subtitle = Visites avec constatation, avec intervalles. La part aléatoire est équitable dans ce qu'elle choisit, non dans ce qui est trouvé.

detail-assignment-steering-accounts = Ce que les données ne permettent pas de dire : agents évités, et agents que plusieurs déclarants partagent. Ce n'est un constat sur personne, et personne n'est nommé.
detail-assignment-steering-cancelled = Dossiers d'un déclarant presque jamais annulés chez un agent, mais souvent chez tous les autres. Cela fait penser à des dossiers annulés jusqu'à ce que cet agent soit tiré, et ne signale personne : demandez pourquoi ils ont été annulés.
detail-assignment-steering-offices = Ce qui a été comparé dans chaque bureau
detail-assignment-steering-pools = Groupes d'agents trouvés, et ce qui les distingue
detail-nameless = Une ligne par personne ou par paire dont parle ce tableau. Cette page ne nomme personne.
detail-left-out = { $n } autres lignes sont dans { $file }.
detail-office = Bureau
detail-draws = Choix
detail-in-batches = En lots, comptés une fois
detail-without-comparison = Sans comparaison
detail-officers = Agents
detail-declarants = Déclarants
detail-declarants-tested = Déclarants testés
detail-account = Ce qui aurait la même apparence
detail-account-officers = Agents
detail-account-declarants = Déclarants
detail-pairs = Paires
detail-officer = Agent
detail-files = Dossiers chez l'agent
detail-cancelled = Dont annulés
detail-other-files = Dossiers chez les autres
detail-other-cancelled = Dont annulés chez les autres
detail-word-avoidance = un agent qui n'a presque jamais ces dossiers (un dixième au plus de ce qui lui reviendrait)
detail-word-desk = un poste qu'aucune règle ne déclare
detail-word-importer = un bureau où l'importateur décide de l'agent qui a le dossier
detail-word-bundle = un bureau où les dossiers en attente sont distribués par paquets
detail-word-scatter = un bureau où agents et déclarants se rencontrent de façon inégale en règle générale
detail-compared-within = Comparé par
detail-feature = Diffère par
detail-levels = Ceux-ci ensemble
detail-word-day = jour
detail-word-week = semaine
detail-word-chapter = chapitre de marchandises
detail-word-hour = heure
detail-word-weekday = jour de la semaine
detail-word-section = section d'examen
detail-word-procedure = régime
detail-word-origin = origine
detail-word-lane = circuit
chart-assignment-override-matrix-headline = Qui a reçu les dossiers de qui au bureau { $office }
chart-assignment-override-matrix-subtitle = Dossiers passés après le premier choix, observés / attendus, pour les déclarants dont quelque chose ressort, par agent qui les a reçus
detail-assignment-override-by-whom = Pour ce qui sort de l'attendu : par la main de qui les dossiers ont été passés. Ici compte tout passage que les données n'excusent pas ; le test peut en compter moins, car il laisse de côté ceux qui n'ont rien à quoi être comparés.
detail-assignment-override-ordinary = Passages dans chaque bureau, et ceux que les données excusent
detail-declarant = Déclarant
detail-received-by = Reçu par
detail-moved-by = Passé par
detail-moves = Passages
detail-moves-of-hand = Tous les passages par cette main au bureau
detail-moved = Passés
detail-absent = Premier choix en congé ou en formation
detail-off-shift = Premier choix hors service

chart-value-shortfall-concentration-headline = Manque des premières unités ({ $n }) : { $share } ({ $interval }) de la taxe de toutes les marchandises comparées
chart-value-shortfall-concentration-none = Aucune concentration des valeurs basses au-delà du bruit
chart-value-shortfall-concentration-units = Taxe manquante aux prix des marchandises semblables, selon le nombre de paires au plus grand manque
chart-value-shortfall-concentration-declarants = Taxe manquante aux prix des marchandises semblables, selon le nombre de déclarants au plus grand manque
axis-declarants-first = Déclarants au plus grand manque
axis-units-first = Paires au plus grand manque
axis-share-of-tax = Part de la taxe de toutes les marchandises comparées
chart-value-shortfall-caterpillar-headline = Pour { $touching } sur { $n }, l'intervalle contient le prix attendu
chart-value-shortfall-caterpillar-subtitle = Prix face à l'attendu, une ligne par unité, après rétrécissement, avec intervalles
axis-price = Écart de prix
axis-price-none = Aucun écart (0)
effect-price = Effet tel que vu : de combien les prix sont en dessous (moins) ou au-dessus de l'attendu, en part ; là où un montant est donné, pondéré par les taxes et avec son intervalle : le montant est calculé sur ce même écart. Ramené vers les unités semblables : l'écart de prix des articles, rapproché de zéro, d'autant plus qu'il y a peu de données.
effect-column-price = Écart de prix, intervalle

table-thresholds = seuils
table-roles = rôles dans le système
table-grants = droits accordés
table-role-conflicts = rôles incompatibles
table-transport-documents = documents de transport
table-attached-documents = documents joints
table-warehouse = mouvements d'entrepôt
table-reliefs = exonérations
table-treasury-receipts = recettes du Trésor
table-forecasts = prévisions
table-payments = paiements
table-transit = mouvements de transit
table-tariff = tarif
table-partner-trade = chiffres du commerce des partenaires
table-reference-prices = prix de référence
table-reference-changes = modifications des tables de référence
table-valuation-advice = avis de valeur
table-measures = mesures prises
table-incidents = incidents signalés

answer-where =
    { $unusual ->
        [one] Elle concerne un bureau, { $offices }.
       *[other] { $n ->
            [one] Elles concernent un bureau, { $offices }.
           *[other] Elles concernent { $n } bureaux : { $offices }.
        }
    }
answer-where-many = Cela concerne { $n } bureaux ; chaque page nomme les siens.
notes-heading = Sur quoi repose la comparaison
note-wide-scatter = Des différences de cette taille sont ici si ordinaires que presque rien ne pourrait ressortir : que rien ne ressorte dit peu.
interval-reading = Le test décide de ce qui est inhabituel ; les intervalles en décrivent l'ampleur. Là où celui qui est ramené vers les unités semblables contient { $none }, l'ampleur est incertaine, bien que l'écart dépasse ce que le hasard donnerait.
same-files = Un déclarant et ses paires, ou un agent et ses paires, reposent sur les mêmes déclarations : ce ne sont pas des cas distincts.
examined-only =
    Seul compte ici ce qui a été visité : ce qui ne l'a pas été n'est tenu ni pour conforme ni pour un constat. { $n ->
        [0] Aucune visite n'est enregistrée comme tirée au hasard : un critère les a toutes choisies.
        [one] { $n } visite tirée au hasard est tout ce qu'aucun critère n'a choisi.
       *[other] Les { $n } visites tirées au hasard sont les seules qu'aucun critère n'a choisies.
    }
method-inputs = Données lues
method-helped = Données qui précisent ou qui expliquent
method-approval = Approuvé par
method-approval-none = Personne encore : aucune charte n'est en vigueur. Ni la direction ni les représentants du personnel n'ont accepté cette question.
chart-numbers-on-paper = Les chiffres de ce graphique sont dans le rapport sous forme de fichier.
quoted-title = « { $title } »
check-plan = Plan enregistré
check-plan-text = le { $at } (UTC), selon le registre de cet espace de travail, avant tout résultat de ce plan. Qui détient l'espace de travail peut réécrire ce registre : pour d'autres, la preuve est l'empreinte du plan, remise à eux d'avance. Le plan est dans le fichier plan.yaml
question-none-beyond-chance = L'examen a porté sur { $units } : rien ne dépasse le hasard.
question-none-beyond-ordinary = L'examen a porté sur { $units } : rien ne dépasse ce dont de telles unités diffèrent d'ordinaire.
cannot-unlisted = trop peu d'éléments dans les données pour les citer une à une
detail-word-main-chapter = chapitre principal
detail-word-exemption = exonération
detail-word-heading = position principale
detail-word-first-pick = premier choix

counted-assignment-steering = Cas : les choix du déclarant qui ont été comparés. Observé : ceux qui sont tombés sur cet agent.
counted-assignment-override = Cas : les dossiers du déclarant qui ont été comparés. Observé : ceux qui ont fini chez un autre agent que le premier choix ; pour une paire, chez cet agent.
counted-lane-rates = Cas : les déclarations soumises à la règle. Observé : celles envoyées dans ce circuit.
counted-lane-change-without-act = Cas : les contrôles clos. Observé : ceux clos sans acte de visite, ou par quelqu'un qui n'était ni leur vérificateur ni un chef.
counted-finding-rate = Cas : les visites. Observé : celles qui ont donné un constat.
counted-value-shortfall = Cas : les articles à côté desquels se trouvent des marchandises du même importateur chez d'autres agents. Observé : leur prix en multiple de celui des marchandises semblables ou, s'il y en a trop peu, du prix médian de l'importateur lui-même (1 : le même prix). Attendu : celui des marchandises du déclarant avec d'autres agents.

# Between a name and what is said of it.
colon = {"\u00A0: "}

covered-heading = Ce que couvrent les données
covered-gaps = { $n ->
    [one] Un mois sans déclaration se trouve
   *[other] { $n } mois sans déclaration se trouvent
 } entre le premier et le dernier mois de ces bureaux : { $offices }. Demandez ce qui manque avant de poursuivre la lecture.
covered-no-gap = Chaque bureau a des déclarations pour chaque mois entre son premier et son dernier.
covered-sparse =
    { $n ->
        [one] { $n } bureau a moins de { $least } déclarations par mois en moyenne, et aucune certains mois : cela ne dit rien de l'extrait, et aucun de ces mois n'est compté comme manquant.
       *[other] { $n } bureaux ont moins de { $least } déclarations par mois en moyenne, et aucune certains mois : cela ne dit rien de l'extrait, et aucun de ces mois n'est compté comme manquant.
    }
covered-calendar-sparse = Aucun mois ne manque aux bureaux qui ont assez de déclarations
column-aside-here = Part de ce bureau dans ces lignes
column-declarations-here = Part de ce bureau dans les déclarations
covered-officer = { $share } des { $n } déclarations nomment un agent désigné ou qui les a traitées.
covered-no-officer = Les données ne nomment aucun agent auprès des déclarations.
covered-acts = { $share } des { $n } déclarations orientées vers le jaune ou le rouge ont un acte d'inspection.
covered-no-acts = Les données ne contiennent pas d'actes d'inspection : on ne voit ni ce qui a été trouvé, ni si quelqu'un a regardé.
covered-outcomes = Les résultats n'existent que pour les marchandises inspectées : un taux de constatations ne dit rien des autres.
covered-random-unknown = Les données ne disent pas quelles déclarations ont été sélectionnées au hasard : aucune partie ne représente l'ensemble.
covered-random-none = Aucune déclaration n'est marquée comme sélectionnée au hasard : aucune partie ne représente l'ensemble.
covered-random = { $n } déclarations ont été sélectionnées au hasard : elles seules représentent l'ensemble.
covered-random-acts = { $n } déclarations ont été sélectionnées au hasard : elles seules représentent l'ensemble. { $share } d'entre elles ont un acte d'inspection.
covered-caption = Ce que l'on voit de chaque bureau
covered-declarations = Déclarations
covered-with-officer = Nomment un agent
covered-controls = Orientées jaune ou rouge
covered-controls-with-act = Dont avec un acte
covered-at-random = Sélectionnées au hasard
covered-at-random-with-act = Dont avec un acte
covered-first-day = Premier jour
covered-last-day = Dernier jour
covered-month = Mois
covered-calendar = Aucun mois ne manque à aucun bureau
covered-calendar-gaps = { $n ->
    [one] Un mois manque
   *[other] { $n } mois manquent
 }
covered-calendar-what = Déclarations de chaque bureau par mois d'enregistrement
covered-calendar-value = Déclarations
