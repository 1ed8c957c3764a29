## Les questions, leurs raisons et leurs notes.

# assignment-steering
indicator-assignment-steering-title = Travail dirigé vers un agent
indicator-assignment-steering-question = Le travail d'un déclarant est-il réparti entre les agents comme le ferait la règle du bureau ?
indicator-assignment-steering-unit = agent et déclarant, au sein d'un bureau
indicator-assignment-steering-null-hypothesis = Dans une strate (bureau, section, circuit, moment, groupe d'agents), le choix de l'agent ne dépend pas de celui à qui est la déclaration.
indicator-assignment-steering-statistic = Déclarations du déclarant dont le premier choix a été l'agent ; une déclaration annulée et déposée de nouveau compte une fois, par le choix qui est resté. Probabilité exacte, côté haut : Poisson-binomiale là où les données disent qui était de service et où les choix des autres déclarants s'accordent avec une chance égale, ou avec un rythme propre à chaque agent ; sinon, somme de comptes hypergéométriques à marges fixes par strate. Les paires qui sortent de l'attendu sont mises à part pendant que les autres sont testées. Une paire doit encore sortir de l'attendu si l'on admet qu'un agent est évité, un poste partagé ou, là où les dossiers des autres le montrent, les dossiers répartis par importateur, les dossiers en attente distribués par paquets, ou agents et déclarants inégalement réunis en règle générale.
indicator-assignment-steering-gaming = Diriger moins de cinq déclarations au-delà de l'attendu ; passer le dossier après le premier choix ; déposer quand l'agent favorisé est seul de service, afin qu'il n'y ait personne à qui comparer ; faire affecter l'agent à un poste pour des marchandises que personne d'autre n'apporte ; favoriser deux agents ou plus pour quatre déclarants ou plus, comme le ferait un poste ; de deux agents, tenir tous les dossiers loin de l'un.
indicator-assignment-steering-counter-indicator = assignment-override (choix suivants) ; dépôts les jours d'un seul agent (heures du déclarant face au tableau de service) ; postes dont les marchandises sont d'un seul déclarant, listés sans conclusion ; qui enregistre les postes spécialisés, et quand ; agents évités et postes qu'aucune règle ne déclare, listés sans conclusion : demander si une récusation ou un poste a été écrit.
indicator-assignment-steering-false-flags-per-thousand = Mesuré dans 400 administrations inventées sans aucun stratagème : 6 unités signalées sur 845 861 testées, dans 6 administrations (benchmarks/results/scorecard.md).
indicator-assignment-steering-source = Dans l'esprit de Chalendard, Fernandes, Raballand et Rijkers, Corruption in Customs (QJE 2023) ; Goodman 1968 pour la quasi-indépendance ; Benjamini et Bogomolov 2014 pour les familles.
explanation-name-specialist-desk = poste spécialisé
explanation-name-acting-cover = remplacement d'un autre
explanation-name-batch = déposées et remises ensemble
explanation-name-shift-overlap = les mêmes heures de travail
explanation-name-posting = affecté là une partie de la période
explanation-name-leave-of-others = des collègues étaient absents
explanation-name-trainee = en formation ou nouveau
explanation-name-new-office = un bureau nouveau
explanation-name-rule-in-force = une règle en vigueur
peer-office = bureau
peer-section = section d'examen
peer-lane = circuit
peer-day = jour
peer-hour = heure
peer-goods = marchandises
peer-procedure = régime
peer-exemption = exonération
peer-roster = tableau de service
peer-declared-rule = règle déclarée
reason-fewer-than-n-draws = moins de { $n } choix
reason-a-desk-whose-goods-are-one-declarant-s = un poste dont les marchandises sont d'un seul déclarant
reason-the-declarant-is-nearly-all-of-the-work = le déclarant est presque tout le travail
reason-too-few-draws-beside-those-of-other-officers-and-declarants = trop peu de choix à côté de ceux d'autres agents et déclarants
reason-the-officer-has-nearly-all-such-work-whoever-lodges-it = l'agent a presque tout ce travail, quel que soit le déclarant
reason-one-officer-hardly-ever-has-this-declarant-s-files-a-tenth-or-less-of-what-would-be-due-as-where-an-officer-is-recused-not-checked-the-records-hold-no-recusals = un agent n'a presque jamais les dossiers de ce déclarant (un dixième au plus de ce qui lui reviendrait), comme là où un agent est récusé (non vérifié : les données ne contiennent pas de récusations)
reason-several-declarants-meet-the-same-officers-as-at-a-desk-that-no-rule-declares = plusieurs déclarants rencontrent les mêmes agents, comme à un poste qu'aucune règle ne déclare
reason-in-this-office-the-importer-decides-who-has-a-file-and-this-declarant-s-importers-may-have-come-to-the-officer-by-chance = dans ce bureau l'importateur décide de l'agent qui a le dossier, et le hasard a pu donner à l'agent les importateurs de ce déclarant
reason-in-this-office-files-that-wait-are-handed-out-in-bundles-and-this-declarant-s-may-have-come-to-the-officer-by-their-place-in-the-pile = dans ce bureau, les dossiers en attente sont distribués par paquets, et ceux de ce déclarant ont pu parvenir à l'agent par leur place dans la pile
reason-in-this-office-officers-and-declarants-meet-unevenly-as-a-rule-beyond-what-draws-give-and-this-pair-is-not-clearly-beyond-that = dans ce bureau, agents et déclarants se rencontrent de façon inégale en règle générale, au-delà de ce que donnent des tirages, et cette paire ne va pas clairement au-delà
table-times-of-assignment = heures d'attribution
note-assignment-final-officer = Le premier choix n'est pas enregistré : on a testé l'agent qui a finalement traité la déclaration ; un choix dirigé ne peut donc pas être distingué d'une réattribution.
note-assignment-without-shifts = Sans tableau de service, les agents de service sont déduits du travail qu'ils ont fait.
note-assignment-without-assignment-rules = Sans règles d'attribution, les groupes d'agents sont déduits des choix faits pour d'autres déclarants.
note-assignment-without-items = Sans articles, on ne peut pas reconnaître les postes réservés à certaines marchandises.
note-assignment-last-exemption = Les données ne contiennent l'exonération d'un article que dans sa dernière version : une franchise accordée après le choix ne se distingue pas d'une franchise demandée avant.
note-assignment-no-draws = Aucune déclaration de la période n'a à la fois un circuit qui demande un agent et un choix.
note-assignment-batches = { $n } choix sur { $total } ({ $share }) ont été déposés avec un autre du même déclarant et comptés une fois.
note-assignment-lodged-again = { $n } dossiers ont été annulés et les mêmes marchandises déposées de nouveau dans les { $days } jours ; pour { $other } d'entre eux l'agent était alors un autre. Chacun compte une fois, par le choix de son dernier dépôt.
note-assignment-cancelled-unchecked = Il n'a pas été vérifié si des dossiers sont annulés à moins qu'un certain agent ne les ait : les données ne contiennent aucun dossier annulé dont le premier agent soit connu.
note-assignment-cancelled-few = { $cancelled } dossiers ont été annulés après le choix d'un agent, trop peu chez tout déclarant pour demander si des dossiers sont annulés à moins qu'un certain agent ne les ait.
note-assignment-cancelled = { $cancelled } dossiers ont été annulés après le choix d'un agent. Pour { $asked } paires d'agent et de déclarant, assez de dossiers du déclarant ont été annulés pour demander si ceux de cet agent ne le sont presque jamais ; de { $n } on le dit, au taux de fausses découvertes de la question. Cela fait penser à des dossiers annulés jusqu'à ce que cet agent soit tiré ; personne n'est signalé pour cela.
note-assignment-without-comparison = { $share } des choix comptés n'avaient pas de second agent ou de second déclarant dans leur strate et n'apportent aucune information.
note-assignment-accounts =
    Paires qui s'écartent de la règle commune sans que les données permettent de dire pourquoi : { $n }.{ $avoidance ->
        [0] { "" }
       *[other] { " " }Dans { $avoidance } d'entre elles, un agent n'a presque jamais les dossiers du déclarant (un dixième au plus de ce qui lui reviendrait) et les autres se partagent son tour comme ils partagent tout.
    }{ $desk ->
        [0] { "" }
       *[other] { " " }Dans { $desk } d'entre elles, plusieurs déclarants rencontrent les mêmes agents, comme à un poste qu'aucune règle ne déclare.
    }{ $importer ->
        [0] { "" }
       *[other] { " " }Dans { $importer } d'entre elles, l'importateur décide dans ce bureau de l'agent qui a le dossier, et le hasard a pu donner à l'agent les importateurs du déclarant.
    }{ $bundle ->
        [0] { "" }
       *[other] { " " }Dans { $bundle } d'entre elles, les dossiers en attente sont distribués par paquets, les voisins au même agent, et ceux du déclarant ont pu parvenir à l'agent par leur place dans la pile.
    }{ $scatter ->
        [0] { "" }
       *[other] { " " }Dans { $scatter } d'entre elles, agents et déclarants du bureau se rencontrent de façon inégale en règle générale, comme là où l'on suit ce qu'aucune donnée ne dit, et la paire ne va pas clairement au-delà.
    } Les données ne contiennent pas de récusations : aucune n'a été vérifiée. Une récusation, un poste ou un agent attitré d'un importateur mis par écrit dirait ce qu'il en est ; une entente aurait la même apparence.

# assignment-override
indicator-assignment-override-title = Dossiers passés à un autre agent
indicator-assignment-override-question = Les déclarations d'un déclarant sont-elles retirées à l'agent choisi d'abord, ou passées à un même agent, plus souvent que celles des autres déclarants au même moment ?
indicator-assignment-override-unit = déclarant au sein d'un bureau ; agent qui a reçu les dossiers, et déclarant
indicator-assignment-override-null-hypothesis = Dans une strate (bureau, section, circuit, moment, marchandises, agent choisi d'abord là où cela compte), le passage d'un dossier et son destinataire ne dépendent pas de celui à qui est la déclaration.
indicator-assignment-override-statistic = Déclarations du déclarant qui ont fini chez un autre agent que le premier choix (déclarant), et celles qui ont fini chez cet agent (paire). Probabilité exacte, côté haut : somme de comptes hypergéométriques à marges fixes par strate. Les passages depuis un agent en congé, en formation ou hors service sont laissés de côté.
indicator-assignment-override-gaming = Diriger plutôt le premier choix ; inscrire un congé pour l'agent choisi ; suspendre les agents qui gênent ; changer d'agent hors du système, afin qu'aucun passage ne soit enregistré.
indicator-assignment-override-counter-indicator = assignment-steering (premiers choix) ; congés et suspensions, par qui les a inscrits et combien de temps avant ; déclarations dont l'agent diffère du dernier choix enregistré.
indicator-assignment-override-false-flags-per-thousand = Mesuré dans 400 administrations inventées sans aucun stratagème : 0 unités signalées sur 468 859 testées, dans 0 administrations (benchmarks/results/scorecard.md).
indicator-assignment-override-source = L'attribution à la main existe pour les dossiers que l'agent ne peut pas traiter (manuels d'ASYCUDA World) ; la manipulation nouvelle après l'attribution par un tiers, chez Chalendard et autres (QJE 2023).
explanation-name-absence = l'agent choisi d'abord était absent
explanation-name-end-of-shift = l'agent choisi d'abord était hors service
peer-first-pick = premier choix
peer-absence = absence de l'agent
note-assignment-no-hand = Les données ne disent pas qui a passé un dossier (assigned_by).
note-assignment-moved = { $moved } déclarations sur { $draws } ({ $share }) ont fini chez un autre agent que le premier choix ; { $absent } de ces passages venaient d'un agent en congé ou en formation, { $off_shift } d'un agent hors service : ils sont laissés de côté.

# lane-rates
indicator-lane-rates-title = Circuits face aux règles de sélectivité
indicator-lane-rates-question = Les déclarations vont-elles aux circuits aux taux que les règles de sélectivité fixent, et la part aléatoire est-elle respectée ?
indicator-lane-rates-unit = bureau, par régime et circuit
indicator-lane-rates-null-hypothesis = Le moteur a choisi chaque circuit à un taux proche du taux fixé, à un cinquième près (à un point près si le taux fixé est inférieur à 5 %), et la part aléatoire n'était pas sous son minimum.
indicator-lane-rates-statistic = Taux réalisé contre taux fixé, dans chaque fenêtre où une règle valait : probabilités binomiales exactes, au nombre de tirages indépendants que laisse la dispersion entre semaines. La part aléatoire d'un seul côté, vers le bas.
indicator-lane-rates-gaming = Relever après coup le taux fixé ou abaisser le minimum ; étiqueter « aléatoire » ce qu'un critère a retenu ; garder le taux du circuit en le remplissant de marchandises sans risque.
indicator-lane-rates-counter-indicator = Les changements de règles et leurs auteurs ; le taux de constatations de la part aléatoire face à celui des critères (finding-rate) ; les changements de circuit sans acte (lane-change-without-act).
indicator-lane-rates-false-flags-per-thousand = Mesuré dans 400 administrations inventées sans aucun stratagème : 0 unités signalées sur 30 595 testées, dans 0 administrations (benchmarks/results/scorecard.md).
indicator-lane-rates-source = Paramètres de sélectivité d'ASYCUDA (taux attendu et taux aléatoire minimal) ; Korn et Graubard 1998.
explanation-name-few-weeks = quelques semaines font la différence
explanation-name-every-office = tous les bureaux s'écartent de même
peer-window-of-the-rule = fenêtre de la règle
reason-two-rules-hold-at-once-and-disagree = deux règles valent en même temps et se contredisent
reason-under-n-declarations = moins de { $n } déclarations
reason-under-n-weeks = moins de { $n } semaines
reason-the-declarations-without-a-lane-could-make-the-whole-difference = les déclarations sans circuit pourraient faire toute la différence
reason-the-minimum-promises-under-n-random-selections = le minimum promet moins de { $n } choix aléatoires
note-lane-rates-no-reason = La part aléatoire n'est pas évaluée : les données ne disent pas pourquoi un circuit a été choisi (lane_reason).
note-lane-rates-no-lane = { $n } déclarations sur { $total } n'ont pas de circuit et ne comptent nulle part.
note-lane-rates-no-rule = { $n } déclarations sur { $total } ne relèvent d'aucune règle de sélectivité et ne sont confrontées à aucune.

# lane-change-without-act
indicator-lane-change-without-act-title = Changements de circuit sans acte
indicator-lane-change-without-act-question = Quelqu'un sort-il des déclarations d'un contrôle sans acte de visite, ou sans en être l'agent vérificateur ni un chef, plus souvent que ses collègues ?
indicator-lane-change-without-act-unit = agent ou utilisateur, et agent avec déclarant
indicator-lane-change-without-act-null-hypothesis = Par bureau, circuit et mois (et par circuit et déclarant), chacun de ceux qui closent des contrôles a autant de chances que ses collègues d'en clore un hors des règles, à la dispersion des agents ordinaires près ; et il ne s'éloigne pas plus d'eux avec un déclarant qu'avec les autres.
indicator-lane-change-without-act-statistic = Probabilité hypergéométrique stratifiée exacte pour chacun, moyennée sur ce que tous les agents disent ensemble de leur dispersion ordinaire ; pour une paire, test exact que deux groupes de tableaux 2x2 ont le même rapport de cotes. Par déclaration et par lot : le plus grand p compte.
indicator-lane-change-without-act-gaming = Écrire un acte « conforme » une minute avant le changement ; laisser le circuit et donner la mainlevée ; laisser le compte du système changer le circuit ; agir depuis le poste d'un chef.
indicator-lane-change-without-act-counter-indicator = Constatations de ces agents et paires (finding-rate) ; contrôles levés dans leur circuit sans aucun acte ; changements faits par le compte du système, comptés dans les notes.
indicator-lane-change-without-act-false-flags-per-thousand = Mesuré dans 400 administrations inventées sans aucun stratagème : 0 unités signalées sur 62 822 testées, dans 0 administrations (benchmarks/results/scorecard.md).
indicator-lane-change-without-act-source = Manuels d'utilisation d'ASYCUDA (le passage au vert clôt un contrôle) ; Zelen 1971 ; Spiegelhalter 2005.
explanation-name-one-act-for-batch = un seul acte écrit pour un lot
explanation-name-acts-not-kept = les actes n'y sont pas tenus
peer-lane-assigned = circuit attribué
peer-month = mois
peer-declarant = déclarant
peer-rank-examiner-or-chief = rang (vérificateur ou chef)
reason-colleagues-closed-under-n-controls-of-this-declarant = les collègues ont clos moins de { $n } contrôles de ce déclarant
reason-under-n-controls-of-other-declarants = moins de { $n } contrôles d'autres déclarants
reason-under-n-controls-that-colleagues-share = moins de { $n } contrôles que les collègues partagent
reason-colleagues-closed-under-n-controls = les collègues ont clos moins de { $n } contrôles
note-lane-change-no-log = Le journal des opérations est absent : l'agent désigné est réputé avoir clos chaque contrôle, et un changement par quelqu'un d'autre ne peut pas être vu.
note-lane-change-no-postings = Les affectations sont absentes : on ne sait pas qui était chef, donc un changement par quelqu'un d'autre n'est pas compté.
note-lane-change-scatter-officer = Les agents diffèrent de leurs semblables d'un facteur { $ratio } (cotes) au-delà du hasard, mesuré sur les { $units } agents ordinaires, l'incertitude de cette mesure étant prise en compte ; une unité ne sort de l'attendu qu'au-delà.
note-lane-change-scatter-pair = Les paires diffèrent de leurs semblables d'un facteur { $ratio } (cotes) au-delà du hasard, mesuré sur le milieu de { $units } d'entre elles ; une unité ne sort de l'attendu qu'au-delà.
note-lane-change-scatter-assumed-officer = Trop peu d'unités ({ $units }) permettent de mesurer combien les agents diffèrent d'ordinaire dans leurs chances de clore un contrôle hors des règles : un facteur de { $ratio } au-delà du hasard est tenu pour ordinaire.
note-lane-change-scatter-assumed-pair = Trop peu d'unités ({ $units }) permettent de mesurer combien les paires diffèrent d'ordinaire dans leurs chances de clore un contrôle hors des règles : un facteur de { $ratio } au-delà du hasard est tenu pour ordinaire.
note-lane-change-naive-officer =
    Si l'on tenait tous les agents pour semblables au hasard près, { $naive ->
        [0] rien ne ressortirait
       *[other] le nombre de ceux qui ressortiraient serait de { $naive }
    }. Au-delà des différences ordinaires : { $standing }.
note-lane-change-naive-pair =
    Si l'on tenait toutes les paires pour semblables au hasard près, { $naive ->
        [0] rien ne ressortirait
       *[other] le nombre de ceux qui ressortiraient serait de { $naive }
    }. Au-delà des différences ordinaires : { $standing }.
note-lane-change-nobody = { $n } contrôles sur { $total } ne nomment personne qui les ait traités et ne comptent pour aucun agent.
note-lane-change-system = { $n } contrôles sur { $total } ont changé de circuit par le compte du système ; ils ne comptent comme changement de personne.
note-lane-change-acts-not-kept = À { $office }, circuit { $lane }, une part de { $share } des contrôles a fini dans un circuit libre sans acte : les actes n'y sont pas tenus, et un acte manquant dit peu.

# finding-rate
indicator-finding-rate-title = Constatations de visites semblables
indicator-finding-rate-question = Un agent trouve-t-il moins que les collègues qui visitent des marchandises semblables, ou moins avec un déclarant qu'avec les autres ?
indicator-finding-rate-unit = agent, et agent avec déclarant
indicator-finding-rate-null-hypothesis = Parmi les marchandises visitées semblables par bureau, section, circuit, sélection aléatoire et nature (et par trimestre, et par déclarant), chaque agent a autant de chances que ses collègues de trouver quelque chose, à la dispersion de la rigueur ordinaire près ; et il ne s'éloigne pas plus d'eux avec un déclarant qu'avec les autres.
indicator-finding-rate-statistic = Probabilité hypergéométrique stratifiée exacte des visites sans constatation, moyennée sur ce que tous les agents disent ensemble de la rigueur ordinaire ; pour une paire, test exact que deux groupes de tableaux 2x2 ont le même rapport de cotes. Par déclaration et par lot : le plus grand p compte. Côté bas seulement.
indicator-finding-rate-gaming = Noter de petites constatations pour garder le taux ; visiter la partie propre d'un envoi ; laisser l'acte à un collègue.
indicator-finding-rate-counter-indicator = La taxe ajoutée face à l'attendue, à côté du taux ; les valeurs des mêmes marchandises (value-shortfall) ; les visites par déclaration et par agent.
indicator-finding-rate-false-flags-per-thousand = Mesuré dans 400 administrations inventées sans aucun stratagème : 6 unités signalées sur 63 928 testées, dans 6 administrations (benchmarks/results/scorecard.md).
indicator-finding-rate-source = Spiegelhalter 2005 (entonnoir surdispersé) ; Zelen 1971 ; Knowles, Persico et Todd 2001 (test sur les résultats).
peer-random-selection = sélection aléatoire
peer-kind-of-goods = nature des marchandises
peer-quarter = trimestre
reason-colleagues-examined-under-n-declarations-of-this-declarant = les collègues ont visité moins de { $n } déclarations de ce déclarant
reason-under-n-examinations-of-other-declarants = moins de { $n } visites d'autres déclarants
reason-under-n-examinations-of-goods-that-colleagues-examine-too = moins de { $n } visites de marchandises que les collègues visitent aussi
reason-colleagues-examined-under-n-like-declarations = les collègues ont visité moins de { $n } déclarations semblables
note-finding-rate-no-reason = La part aléatoire ne peut pas être montrée à part : les données ne disent pas pourquoi un circuit a été choisi (lane_reason).
note-finding-rate-no-items = Les marchandises ne sont pas distinguées : les articles sont absents, si bien qu'un poste facile peut paraître indulgent.
note-finding-rate-no-author = Les actes ne nomment pas leur agent : l'agent vérificateur de la déclaration est réputé les avoir faits.
note-finding-rate-no-tax = Les actes ne disent pas combien de taxe ils ont ajouté ; aucune taxe en jeu n'est donc donnée.
note-finding-rate-scatter-officer = Les agents diffèrent dans leurs chances de trouver quelque chose d'un facteur { $ratio } au-delà du hasard et des marchandises, mesuré sur les { $units } agents ordinaires, l'incertitude de cette mesure étant prise en compte ; une unité ne sort de l'attendu qu'au-delà.
note-finding-rate-scatter-pair = Les paires diffèrent dans leurs chances de trouver quelque chose d'un facteur { $ratio } au-delà du hasard et des marchandises, mesuré sur le milieu de { $units } d'entre elles ; une unité ne sort de l'attendu qu'au-delà.
note-finding-rate-scatter-assumed-officer = Trop peu d'unités ({ $units }) permettent de mesurer combien les agents diffèrent d'ordinaire dans leurs chances de constater quelque chose : un facteur de { $ratio } au-delà du hasard est tenu pour ordinaire.
note-finding-rate-scatter-assumed-pair = Trop peu d'unités ({ $units }) permettent de mesurer combien les paires diffèrent d'ordinaire dans leurs chances de constater quelque chose : un facteur de { $ratio } au-delà du hasard est tenu pour ordinaire.
note-finding-rate-naive-officer =
    Si l'on tenait tous les agents pour semblables au hasard près, { $naive ->
        [0] rien ne ressortirait
       *[other] le nombre de ceux qui ressortiraient serait de { $naive }
    }. Au-delà des différences ordinaires : { $standing }.
note-finding-rate-naive-pair =
    Si l'on tenait toutes les paires pour semblables au hasard près, { $naive ->
        [0] rien ne ressortirait
       *[other] le nombre de ceux qui ressortiraient serait de { $naive }
    }. Au-delà des différences ordinaires : { $standing }.
note-finding-rate-nobody = { $n } visites sur { $total } ne nomment aucun agent et ne comptent pour aucun.
note-finding-rate-no-lane = { $n } visites sur { $total } portent sur des déclarations sans circuit et ne comptent nulle part.

# value-shortfall
indicator-value-shortfall-title = Valeurs sous celles de marchandises semblables
indicator-value-shortfall-question = Les marchandises d'un déclarant sont-elles évaluées plus bas quand un agent les traite que quand d'autres le font ? Sans agents dans les données : le sont-elles plus bas que les marchandises semblables d'autres déclarants ?
indicator-value-shortfall-unit = agent avec déclarant ; déclarant là où les données ne nomment aucun agent
indicator-value-shortfall-null-hypothesis = Les prix des marchandises d'un importateur, pour un produit, une section et un trimestre, face aux marchandises semblables d'autres déclarants là où il y en a assez et sinon pour une même origine, ne dépendent pas de l'agent qui les a traitées, à la dispersion des paires ordinaires et au niveau du même agent pour les marchandises semblables d'autres déclarants près. Pour les déclarants : leurs prix ne diffèrent pas des marchandises semblables plus que ceux des déclarants ordinaires.
indicator-value-shortfall-statistic = Moyenne du logarithme de la valeur unitaire face aux marchandises semblables (produit, origine, trimestre ; le déclarant laissé de côté), moins la moyenne des marchandises du même déclarant avec d'autres agents ; les marchandises sans semblables face à celles du même importateur, de mêmes produit, origine et trimestre, seulement ; trois premiers moments exacts d'un tirage sans remise, probabilité de type III de Pearson, face à la dispersion ordinaire. Côté bas seulement.
indicator-value-shortfall-gaming = Déclarer le bon prix et une quantité trop petite ; passer à des produits, ou changer d'origines et d'importateurs, pour que rien de comparable ne se trouve à côté ; faire traiter par un seul agent toutes les marchandises d'une ligne ; garder chaque écart petit ; changer les prix de référence ; faire retenir par un agent des valeurs basses pour tous les déclarants : cette question ne trouve pas un tel agent.
indicator-value-shortfall-counter-indicator = La masse nette face aux documents et aux scanners ; la part des marchandises, par déclarant, sans semblables et sans marchandises propres chez d'autres agents ; les changements des tables de référence ; les constatations (finding-rate).
indicator-value-shortfall-false-flags-per-thousand = Mesuré dans 400 administrations inventées sans aucun stratagème : 0 unités signalées sur 35 112 testées, dans 0 administrations (benchmarks/results/scorecard.md).
indicator-value-shortfall-source = Comparaison de valeurs unitaires dans l'esprit de Chalendard et autres (QJE 2023) ; Edgington et Onghena 2007.
explanation-name-one-product = un seul produit fait la différence
peer-product = produit
peer-origin = origine
peer-importer = importateur
reason-under-n-items-with-like-goods-of-other-declarants = moins de { $n } articles ayant des semblables chez d'autres déclarants
reason-under-n-items-beside-the-declarant-s-own-with-other-officers = moins de { $n } articles à côté de ceux du déclarant avec d'autres agents
reason-under-n-lots-on-a-side = moins de { $n } lots d'un côté
reason-not-lower-than-the-same-officer-s-like-goods-of-other-declarants-by-more-than-chance-and-what-is-uncertain-of-that-level-allow = pas plus bas que les marchandises semblables d'autres déclarants chez le même agent au-delà de ce que permettent le hasard et l'incertitude de ce niveau
reason-under-n-products = moins de { $n } produits
note-value-no-officer = Les données ne nomment aucun agent : les déclarants sont comparés aux marchandises semblables d'autres, ce qui ne distingue pas une valeur basse de marchandises moins chères.
note-value-no-importer = Les importateurs ne sont pas nommés : les marchandises d'un déclarant sont tenues pour celles d'un seul importateur.
note-value-no-assessed = Les valeurs retenues sont absentes : les valeurs sont celles déclarées, et ce que les agents ont relevé ne se voit pas.
note-value-no-tax = Ni les taux ni les taxes des articles ne sont connus : aucune taxe en jeu n'est donnée.
note-value-nothing-priced = Aucun article n'a une valeur et une masse ou quantité.
note-value-coverage = { $referenced } articles sur { $priced } ({ $share }) ont des marchandises semblables chez assez d'autres déclarants pour leur être comparés.
note-value-beside-own = { $own } articles de plus sont comparés aux seules marchandises du même importateur, de mêmes produit, origine et trimestre, chez d'autres agents, ce qui ne demande pas de semblables chez d'autres.
note-value-few = { $pairs } paires ayant peu d'articles évalués ne sont pas listées ; elles tiennent { $items } articles.
note-value-few-declarants = { $declarants } déclarants ayant peu d'articles avec des semblables ne sont pas listés.
note-value-scatter = Les paires ordinaires diffèrent des prix du déclarant de { $share } au-delà du hasard, mesuré sur le milieu de { $units } d'entre elles ; une paire ne sort de l'attendu qu'au-delà.
note-value-scatter-assumed = Trop peu de paires ({ $units }) permettent de mesurer combien elles s'écartent d'ordinaire des prix propres du déclarant : { $share } au-delà du hasard est tenu pour ordinaire.
note-value-naive =
    Si l'on tenait toutes les paires pour semblables au hasard près, { $naive ->
        [0] rien ne ressortirait
       *[other] le nombre de ceux qui ressortiraient serait de { $naive }
    }. Au-delà des différences ordinaires : { $standing }.
note-value-officer-level = À { $office }, paires dont les prix sont bas à côté des marchandises du même déclarant chez des collègues, mais pas plus bas que les marchandises semblables d'autres déclarants chez le même agent au-delà de ce que permettent le hasard et l'incertitude de ce niveau : { $pairs } ; agents concernés : { $officers }. Marchandises d'occasion ou d'une autre qualité sous un même code, bureau des marchandises moins chères, ou agents qui retiennent des valeurs basses pour tous : les prix seuls ne permettent pas de le dire. Demander au bureau quelles marchandises vont à qui.
note-value-scatter-declarants = Les prix des déclarants diffèrent d'ordinaire de { $share } des marchandises semblables, mesuré sur le milieu de { $units } d'entre eux ; l'un d'eux ne sort de l'attendu qu'au-delà. Des marchandises moins chères ressemblent à des valeurs basses.
