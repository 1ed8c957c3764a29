## L'atelier : son menu, ses pages, ses formulaires.

wb-language = Langue
wb-menu = Menu principal
wb-comma = {", "}
wb-welcome = Bienvenue
wb-what = Arusha dit où les règles d'une administration n'ont pas été suivies au-delà du hasard, avec quelle certitude, et quelle explication honnête offrent les dossiers. Ce sont des personnes qui regardent, expliquent et décident.
wb-all-is-recorded = Chaque consultation d'un signal et chaque refus sont inscrits, et l'auditeur interne lit ce registre.
wb-first = Par où commencer
wb-entry = Ouvrez l'adresse affichée par le terminal. Elle tient à l'écart les autres utilisateurs de cet ordinateur.
wb-nothing-here = Rien n'est encore ouvert. Essayez la démonstration, ou suivez ces étapes dans un terminal :
wb-step-demo = Voir un exemple achevé, avec des personnes inventées :
wb-step-ask = Demander les données au service informatique :
wb-step-load = Les charger ; les noms deviennent des pseudonymes avant qu'une ligne soit enregistrée :
wb-step-assess = Poser les questions :
wb-step-serve = Ouvrir le résultat ici :
wb-workspace = Ouvert : { $name }
wb-no-role = Vous n'avez pas encore de rôle dans cet espace. Deux personnes habilitées doivent demander le vôtre.
wb-solo = Mode solo
wb-solo-what = Une personne seule ne décide rien sur personne : aucune question sur des personnes n'est en vigueur, et la réponse est un décompte par bureau.
wb-assessments = Évaluations
wb-assessments-what = Ce qui a été demandé aux données, et ce qui en est ressorti
wb-no-assessment = Pas encore d'évaluation. Posez d'abord les questions, dans un terminal :
wb-name = Nom
wb-questions = Nombre de questions
wb-charter = Charte
wb-charter-what = Où en est chaque question, et ce qui a été convenu
wb-no-charter = Cet espace n'a pas de charte : c'est une étude, et personne n'a accepté ses questions. Un responsable de l'intégrité et un auditeur interne en établissent une ensemble :
wb-stage = Où elle en est
wb-stage-live = En vigueur
wb-open-points = Points sans réponse
wb-objected =
    { $n ->
        [one] Le syndicat s'est opposé une fois.
       *[other] Le syndicat s'est opposé { $n } fois.
    }
wb-dossier = Dossier de cette question
wb-ceiling = Taux de signaux promis, au plus
wb-lapses = La consultation prend fin
wb-definition = Empreinte de la définition
wb-lacks = Ce qui lui manque pour entrer en vigueur
wb-lacks-nothing = Rien : elle peut entrer en vigueur.
wb-said = Ce qui a été dit
wb-said-nothing = Rien pour l'instant.
wb-entry-number = inscription { $n }
wb-threshold-said = taux de fausses alertes { $rate } ; une différence d'au moins { $effect }
wb-threshold-count = taux de fausses alertes { $rate } ; un nombre éloigné d'au moins { $effect } de l'attendu
wb-retention-said =
    { $n ->
        [one] un mois, puis suppression
       *[other] { $n } mois, puis suppression
    }
wb-expunged = N'est plus conservé.
wb-act-ask = Le syndicat a demandé
wb-act-position = La position du syndicat
wb-act-answer = La direction a répondu
wb-act-committee = La commission paritaire
wb-act-go-live = Entrée en vigueur
wb-act-pause = Suspension
wb-act-review = Réexamen demandé
wb-act-resume = Reprise
wb-head-purpose = Finalité
wb-head-forbidden-uses = Usages interdits
wb-head-unit = Ce qui est comparé
wb-head-inputs = Données utilisées
wb-head-peers = Comparé avec
wb-head-threshold = Seuil
wb-head-minimum-n = Nombre minimal de cas
wb-head-null-hypothesis = Ce qui est supposé
wb-head-statistic = Statistique
wb-head-explanations = Explications essayées
wb-head-retention = Durée de conservation
wb-head-gaming = Comment on peut la contourner
wb-head-counter-indicator = Indicateur de contrôle
wb-head-expected-false-flags = Faux signaux à prévoir
wb-head-source = Origine de la méthode
wb-lack-dossier = Un dossier complet
wb-lack-audit = Un audit d'équité
wb-lack-audit-file = Le fichier de l'audit, gardé avec la charte
wb-lack-audit-changed = Le fichier de l'audit tel qu'il a été inscrit : il a été modifié depuis
wb-lack-audit-form = Un fichier écrit par arusha fairness
wb-lack-audit-question = Un audit de cette question : le fichier porte sur une autre
wb-lack-audit-definition = Un audit de cette définition et de ce plan : le fichier porte sur d'autres réglages
wb-lack-audit-period = Un audit de douze mois ou plus, terminés avant sa date
wb-lack-audit-records = Un audit des données chargées actuellement
wb-lack-audit-empty = Un audit qui compare au moins deux groupes
wb-lack-audit-again = Un nouvel audit : ce fichier a déjà été inscrit, à une date antérieure
wb-lack-audit-unmade = Un audit fait par arusha fairness dans cet espace de travail
wb-lack-audit-after-pause = Un audit depuis la suspension
wb-lack-notice = La preuve de l'avis donné
wb-lack-position = La position du syndicat
wb-lack-answers = Les réponses de la direction
wb-lack-committee = La commission paritaire
wb-lack-solo = Plus d'une personne
wb-lack-ceiling = Un taux de signaux promis
wb-signals = Signaux
wb-signals-what = La liste ne désigne personne. Un signal s'ouvre après que vous avez dit pourquoi, et cela est inscrit.
wb-signal = Le signal
wb-no-signal = Rien ne ressort.
wb-not-assessed = Elle n'a pas pu être évaluée : des données manquent.
wb-purpose = Pourquoi ouvrez-vous ce signal ?
wb-purpose-what = Votre réponse est inscrite au registre avant que le signal ne s'ouvre, pour une demi-heure. L'auditeur la lit, et la personne concernée peut demander qui a regardé.
wb-purpose-reason = Motif
wb-purpose-reference = Référence
wb-purpose-reference-hint = Numéro de la demande, du plan ou du dossier. Pas de noms.
wb-purpose-problem = Choisissez un motif et donnez une référence
wb-form-problem = Il y a un problème
wb-reason-triage = Premier regard sur un nouveau signal
wb-reason-re-review = Second regard sur un signal clos
wb-reason-complaint = Une plainte ou une communication
wb-reason-audit-request = L'auditeur l'a demandé
wb-reason-learning = Apprendre avec des données inventées
wb-reason-identity = Un nom a été dit pour une enquête
wb-done-look-opened = Signal ou échantillon ouvert
wb-done-look-seen = Page vue
wb-done-look-exported = Emporté en fichier
wb-done-access-refused = Refusé
wb-done-identity-asked = Un nom a été demandé
wb-done-identity-opened = Un nom a été dit
wb-done-identity-refused = Un nom a été refusé
wb-open = Ouvrir
wb-no-explanation = Les dossiers ne disent rien de ce qui a été cherché. Cela est neutre.
wb-numbers = Les chiffres
wb-rows = Les enregistrements sur lesquels il repose
wb-rows-what =
    { $n ->
        [one] Un enregistrement, avec le fichier et la ligne où il se trouve dans la source.
       *[other] { $n } enregistrements, chacun avec le fichier et la ligne où il se trouve dans la source.
    }
wb-no-rows = L'évaluation ne garde aucun enregistrement de ce signal.
wb-ledgers = Registres
wb-ledgers-what = Ce qui a été fait, dans un registre que nul ne peut modifier sans que cela se voie, dès qu'un tiers en détient un point de contrôle
wb-ledger-charter = Registre de la charte
wb-ledger-record = Registre des consultations, des issues et des refus
wb-ledger-holds = { NUMBER($n) } inscriptions viennent d'être relues. Rien ne se contredit dans ce registre lui-même.
wb-ledger-cut = Si ses dernières inscriptions ont été retirées avant le démarrage de ce programme, cette page ne peut pas le dire : seul un point de contrôle détenu par quelqu'un d'autre le montre. Comparez le nombre d'inscriptions avec le sien.
wb-ledger-changed = Ce registre a été modifié
wb-entries = Inscriptions
wb-root = Racine
wb-checkpoints = Points de contrôle
wb-no-checkpoint = Aucun pour l'instant. Tant que personne d'autre n'en détient un, des inscriptions pourraient être remplacées sans que cela se voie.
wb-checkpoint-how = Le site ne détient aucune clé de signature. La personne qui garde la clé fait un point de contrôle et le remet au syndicat et à l'auditeur :
wb-signatures = Nombre de signatures
wb-proof = Preuve
wb-growth = Preuve qu'il n'a fait que croître depuis
wb-inclusion = Preuve de l'inscription { $n }
wb-number = Numéro
wb-when = Quand
wb-who = Qui
wb-done = Ce qui a été fait
wb-cannot-prove = Ce qu'un registre ne peut pas prouver
wb-limit-truth = Qu'une inscription est vraie : une inscription fausse est gardée aussi fidèlement qu'une vraie.
wb-limit-left-out = Que rien n'a été omis : ce qui n'a jamais été inscrit ne laisse pas de trace.
wb-limit-before-first-checkpoint = Ce qui est arrivé aux inscriptions avant qu'un tiers n'en détienne un point de contrôle : jusque-là elles pouvaient être remplacées.
wb-limit-time = Quand une inscription a été faite : l'heure est celle de la machine. Un témoin ou un horodatage dit seulement : pas plus tard que.
wb-limit-who = Qui a appuyé sur la touche : le registre garde le pseudonyme que le programme a reçu.
wb-limit-agreement = Que tous voient le même registre, sauf si ceux qui détiennent des points de contrôle les comparent.
wb-looks = Journal des consultations
wb-looks-what = Qui a ouvert quel signal, quand et pourquoi, et à qui cela a été refusé
wb-no-look = Personne n'a encore rien consulté.
wb-refused = Ceci ne vous est pas ouvert
wb-refused-what = Vos rôles ne le comprennent pas. La tentative a été inscrite. Si votre travail l'exige, demandez le rôle.
wb-absent = Cette page n'existe pas
wb-absent-what = L'adresse est fausse, ou ce qui se trouvait ici n'est plus montré.
wb-you = Vous agissez en tant que { $who } :

## Les rôles.

wb-role-solo = une personne seule
wb-role-integrity-lead = responsable de l'intégrité
wb-role-analyst = analyste
wb-role-investigator = enquêteur
wb-role-board-secretary = secrétaire du conseil
wb-role-board-member = membre du conseil
wb-role-appeal-member = membre de l'instance d'appel
wb-role-subject = agent concerné
wb-role-representative = représentant
wb-role-union-reviewer = délégué syndical
wb-role-survey-officer = chargé d'enquête par sondage
wb-role-data-steward = gestionnaire des données
wb-role-key-holder = détenteur de clé
wb-role-publisher = responsable de la publication
wb-role-programme-manager = responsable de programme
wb-role-internal-auditor = auditeur interne
wb-role-administrator = administrateur

## Se connecter, personnes, comptes.

wb-sign-in = Se connecter
wb-sign-in-problem = Le nom ou le mot de passe est faux, ou le compte est bloqué pour un quart d'heure
wb-account = Nom du compte
wb-password = Mot de passe
wb-continue = Continuer
wb-second-factor = Second facteur
wb-enrol = Ajoutez ce site à une application d'authentification : photographiez le code, ou tapez le secret.
wb-qr = Code pour l'application d'authentification
wb-secret = Le secret :
wb-code = Code à six chiffres de l'application
wb-code-problem = Le code est faux ou déjà utilisé, ou le compte est bloqué pour un quart d'heure
wb-new-password = Nouveau mot de passe, 12 lettres ou plus
wb-new-password-problem = Choisissez un autre mot de passe : long, et pas l'un des plus courants
wb-sessions = Vos sessions
wb-browser = Navigateur
wb-this-session = Celle-ci
wb-yes = Oui
wb-end-others = Fermer toutes les autres
wb-sign-out = Se déconnecter
wb-people = Personnes et rôles
wb-people-what = Qui peut faire quoi, par pseudonyme. Deux personnes accordent ou retirent un rôle.
wb-role = Rôle
wb-role-n = { $role } { $n }
wb-waiting = Attend une seconde personne
wb-waits-grant = Octroi de { $role } à { $who }, demandé par { $first }
wb-waits-withdraw = Retrait de { $role } à { $who }, demandé par { $first }
wb-grant = Demander un octroi
wb-grant-what = Un rôle est accordé quand deux personnes habilitées demandent la même chose. Nul ne s'accorde un rôle.
wb-withdraw = Demander un retrait
wb-pseudonym = Pseudonyme
wb-accounts = Comptes
wb-accounts-what = Qui peut se connecter. L'administrateur fait tourner la machine et ne voit ni contenu ni rôle.
wb-accounts-none = Il n'y a pas encore de compte.
wb-accounts-make = Un compte se crée sur la machine elle-même et n'ouvre aucun rôle : le pseudonyme après --as est celui de sa personne, à qui deux autres accordent le rôle.
wb-last-sign-in = Dernière connexion
wb-closed = Fermé
wb-locked = Bloqué
wb-unlock = Débloquer
wb-close-account = Fermer
wb-act-as = Choisissez au nom de qui vous agissez
wb-act-as-what = Tous sont inventés ici. Chacun ne voit que ce que son rôle ouvre : essayez une page qui n'est pas la vôtre.

## Alertes.

wb-alerts = Alertes
wb-alerts-what = Signaux de questions en vigueur que les dossiers n'expliquent pas. Cherchez d'abord ce qui dégagerait la personne.
wb-by-age = Les plus anciennes d'abord ; rien d'autre ne décide de l'ordre
wb-age = Ouverte depuis
wb-state = État
wb-days =
    { $n ->
        [one] { $n } jour
       *[other] { $n } jours
    }
wb-late = Délai dépassé ; l'auditeur le voit
wb-no-alert = Aucune alerte ne vous attend. Un analyste fait des alertes avec les signaux d'une question en vigueur.
wb-alerts-hidden =
    { $n ->
        [one] Une alerte n'est pas montrée, parce que sa question n'est plus en vigueur.
       *[other] { $n } alertes ne sont pas montrées, parce que leurs questions ne sont plus en vigueur.
    }
wb-alerts-more = Les suivantes, moins anciennes
wb-signals-more = Les signaux suivants de cette question
wb-overdue = Alertes en retard
wb-overdue-what = Alertes que personne n'a tranchées en 30 jours, sans leur contenu
wb-no-overdue = Aucune n'a dépassé son délai.
wb-raise = Envoyer aux alertes ce qui est inhabituel
wb-history = Sur les { $n } alertes closes de cette question : { $explained } expliquées, { $error } erreurs de données, { $support } offres de soutien, { $inquiry } enquêtes.
wb-history-few = Moins de { $n } alertes de cette question ont été closes : on ne peut pas encore dire combien sont expliquées.
wb-alert-raised = Alerte émise
wb-alert-new = en attente
wb-alert-explained = close comme expliquée
wb-alert-data-error = close comme erreur de données
wb-alert-support = soutien offert
wb-alert-proposed = enquête proposée
wb-alert-inquiry = enquête
wb-alert-concurred = le second lecteur est d'accord
wb-alert-not-concurred = le second lecteur n'est pas d'accord
wb-alert-recused = quelqu'un a un conflit d'intérêts
wb-alert-contested = la personne concernée la conteste
wb-decide = Décider
wb-decide-what = Quatre issues, chacune avec ses motifs. Ce que vous écrivez est conservé, et la personne concernée peut le lire dans une procédure.
wb-exit-explained = Expliquée
wb-exit-data-error = Erreur de données
wb-exit-support = Offrir un soutien
wb-exit-proposed = Proposer une enquête
wb-proposed-what = Il faut deux appuis, dont un qui ne vient pas de cette question. Un second lecteur doit être d'accord. Dites aussi ce qui va dans l'autre sens : si vous n'avez rien trouvé, dites ce que vous avez cherché.
wb-word-reason = Motifs
wb-word-explanation = Quelle explication tient
wb-word-towards = Va dans ce sens : dans ces enregistrements
wb-word-other = Va dans ce sens : d'une autre source que cette question
wb-word-away = Va dans l'autre sens
wb-word-proportion = Pourquoi une enquête est proportionnée
wb-word-text = Dans ses mots
wb-other = Une autre, dite ci-dessous
wb-recuse = J'ai un conflit d'intérêts
wb-second = Second lecteur
wb-second-what = Quelqu'un a proposé une enquête. Lisez ce qui va dans un sens et dans l'autre, puis dites si vous êtes d'accord.
wb-concur = D'accord
wb-not-concur = Pas d'accord
wb-waits-second = Vous avez proposé une enquête. Quelqu'un d'autre doit maintenant la lire.

## Sa propre page, et le bureau du syndicat.

wb-own = Ma propre page
wb-own-what = Ce que les questions en vigueur disent de vous : les mêmes chiffres que voient les autres, et ceux de personne d'autre.
wb-own-nothing = Aucune question en vigueur ne dit rien de vous.
wb-peers = Pairs
wb-peers-band = neuf dixièmes du milieu de { $n } autres : { $band }
wb-peers-few = moins de { $n } autres : non indiqué
wb-contest = Contester
wb-contest-what = Qu'est-ce qui est faux, ou manque ? La personne qui ouvre ce signal le lit d'abord.
wb-who-looked = Qui a regardé
wb-desk = Bureau du syndicat
wb-desk-what = Rien ici ne porte sur une personne. Ce que vous dites est inscrit, et la direction doit répondre à chaque point avant qu'une question n'entre en vigueur.
wb-to-review = À examiner
wb-nothing-to-review = Aucune question n'est en consultation. Un responsable de l'intégrité en ouvre une sur la page d'une question, dans la charte.
wb-not-begun = n'a pas commencé : il faut deux preuves de l'avis
wb-answer-by = réponse avant le { $day }
wb-no-day = aucun jour n'a été fixé
wb-late-answer = En retard
wb-no-open-points = Chaque point a sa réponse.
wb-agreements = Ce qui a été convenu
wb-no-agreement = Aucune question n'est en vigueur. Ce qui manque à une question pour entrer en vigueur figure sur sa page, dans la charte.
wb-lapsed = aucune : le délai est passé
wb-acts = Ce que vous pouvez faire maintenant
wb-shut = Cela reste fermé tant que quelque chose manque. La liste ci-dessus dit quoi.
wb-do-draft = Rédiger cette question
wb-do-consult = Ouvrir la consultation
wb-do-notice = Inscrire une preuve de l'avis
wb-do-ask = Poser une question
wb-do-position = Prendre position
wb-do-answer = Répondre à un point
wb-do-audit = Inscrire un audit d'équité
wb-do-committee = Inscrire l'issue de la commission paritaire
wb-do-pilot = Commencer le pilote
wb-do-go-live = Mettre en vigueur
wb-do-pause = Suspendre
wb-do-resume = Reprendre
wb-do-review = Demander un réexamen
wb-do-retire = Retirer
wb-field-months = Mois après lesquels ses signaux sont effacés
wb-field-ceiling = Taux de signaux promis au plus, par exemple 0.02
wb-field-days = Jours de consultation, 30 ou plus
wb-field-means = Moyen
wb-field-proof = Où voir la preuve
wb-field-text = Texte
wb-field-due = Réponse avant le
wb-field-position = La position
wb-field-points = Points qui demandent une réponse, un par ligne
wb-field-min-n = Condition : nombre minimal de cas par unité
wb-field-no-individual-display = Condition : personne n'est montré, seulement des décomptes
wb-field-review-by = Condition : un réexamen avant ce jour
wb-field-max-signal-rate = Condition : taux de signaux au plus, par exemple 0.01
wb-field-point = Le point
wb-field-on = Jour de l'audit
wb-field-result = Résultat
wb-field-report = SHA-256 du fichier de l'audit
wb-field-outcome = Issue
wb-field-reason = Motif
wb-option-letter = lettre
wb-option-mail = courriel
wb-option-hand = en main propre
wb-option-meeting = réunion
wb-option-board = panneau d'affichage
wb-option-agree = d'accord
wb-option-conditions = d'accord sous conditions
wb-option-object = opposition
wb-option-none = sans position
wb-option-passed = réussi
wb-option-failed = non réussi
wb-option-proceed = poursuivre
wb-option-amend = modifier
wb-option-reject = rejeter
wb-own-pairs = Votre travail avec des déclarants pris un à un : dans la variation attendue { $within } ; on ne peut rien dire de { $cannot }.
wb-entries-for-auditor = Les inscriptions disent par pseudonyme sur qui portait une consultation. L'auditeur interne les lit ; un témoin a besoin des points de contrôle et des preuves de croissance.

## Charger, évaluer, tâches.

wb-records = Charger des données
wb-records-what = Examiner une extraction, puis l'enregistrer
wb-records-loaded = Des données sont chargées dans { $name }. Un nouveau chargement les remplace ; la charte, les registres et les évaluations antérieures restent.
wb-records-none = Il n'y a pas encore de données dans { $name }.
wb-records-how = Choisissez une extraction et sa correspondance, regardez ce qu'elle contient, puis chargez-la. Les personnes sont remplacées par des pseudonymes avant l'enregistrement de toute ligne.
wb-extracts = Extractions sur le serveur
wb-extracts-what = Dossiers dans { $folder }
wb-no-extract = Il n'y a pas de dossier contenant des tables dans { $folder }.
wb-no-extract-folder = Aucun dossier d'extractions n'a été fixé pour ce site.
wb-files = Fichiers
wb-size = Taille
wb-mb = { $n } Mo
wb-send = Envoyer des fichiers
wb-send-what = CSV ou Parquet, compressés avec gzip, zstd ou zip si vous voulez ; au plus { $n } Mo, tels qu'envoyés et décompressés. Les feuilles de calcul ne sont pas acceptées : elles modifient les codes et les dates.
wb-send-names = Les noms des fichiers et les en-têtes des colonnes lues apparaissent sur les pages et sont conservés avec les données : n'y mettez le nom de personne.
wb-sent = Fichiers envoyés
wb-sent-what = Ils contiennent des noms. Ils sont supprimés une fois chargés, ou après une semaine.
wb-discard = Supprimer
wb-extract = Extraction { $name }
wb-extract-holds =
    { $n ->
        [one] Un fichier de table, { $size } Mo.
       *[other] { $n } fichiers de tables, { $size } Mo.
    }
wb-inspect = L'examiner
wb-inspect-what = Un examen n'enregistre rien : il montre ce que l'extraction couvre, ce qui serait mis de côté, et pourquoi.
wb-mapping = Correspondance
wb-override = Adaptation à ce pays
wb-override-hint = Un fichier .yaml dans l'extraction qui dit ce qui s'écrit autrement ici.
wb-no-override = Aucune
wb-plan = Évaluer
wb-plan-what = Fixer un plan, puis poser ses questions aux données
wb-plan-not-yet = Rien ne peut encore être demandé.
wb-plan-how = Le plan est fixé, et son empreinte enregistrée, avant tout résultat. Un plan modifié alors que des résultats existent est marqué comme modifié.
wb-plan-floors = Limites de : { $question }
wb-plan-exposure = Nombre minimal de cas ; { $n } si laissé vide, jamais moins
wb-plan-effect = Plus petite différence, en part de un (0.2 vaut 20 %) ; { $n } si laissé vide
wb-plan-effect-count = Plus petite différence, en cas de plus ou de moins qu'attendu ; { $n } si laissé vide
wb-plan-lanes = Seulement ces circuits ; tous si aucun n'est choisi
wb-plan-start = Premier jour
wb-plan-end = Premier jour qui ne compte plus
wb-plan-limits = Avec quelle rigueur
wb-plan-rate = Taux de fausses alertes d'une question
wb-plan-level = Niveau des intervalles
wb-plan-seed = Graine des tirages
wb-plan-result = Le résultat
wb-plan-name = Nom de l'évaluation
wb-plan-name-hint = Lettres minuscules de a à z, chiffres et traits d'union.
wb-plan-reports = Rapports dans ces langues
wb-plan-hash = Empreinte du plan
wb-assess = Fixer le plan et évaluer
wb-jobs = Tâches
wb-jobs-what = Ce qui a été chargé et évalué, et où cela en est
wb-jobs-newest = Les plus récentes d'abord ; une seule à la fois
wb-no-job = Rien n'a encore été demandé. D'abord charger des données, ensuite évaluer.
wb-job-first = Charger des données, les évaluer, évaluer une mesure ou compter un journal est une telle tâche : elle se demande sur la page de chacune.
wb-job = Tâche
wb-job-of = De
wb-worker-there = L'exécutant est présent.
wb-worker-away = L'exécutant est absent : les tâches attendent qu'il soit démarré.
wb-errand-inspect = Examen d'une extraction
wb-errand-load = Chargement
wb-errand-assess = Évaluation
wb-job-waiting = en attente
wb-job-running = en cours
wb-job-done = terminée
wb-job-failed = n'a pas pu être faite
wb-job-stopped = arrêtée
wb-job-interrupted = interrompue
wb-job-ahead =
    { $n ->
        [one] une tâche avant elle
       *[other] { $n } tâches avant elle
    }
wb-job-stopping = son arrêt a été demandé
wb-nothing-half = Rien d'inachevé n'a été gardé ; ce qui était là auparavant est inchangé.
wb-progress = Avancement
wb-of = { $done } sur { $total }
wb-reloads = Cette page se renouvelle d'elle-même toutes les { $n } secondes.
wb-stop-reloading = La laisser fixe
wb-still = Cette page reste fixe.
wb-reload = La laisser se renouveler
wb-stop = Arrêter la tâche
wb-again = La relancer
wb-blocking = Un chargement n'enregistrerait rien tant que ceci n'est pas corrigé
wb-blocked = Elle ne peut pas être chargée ainsi.
wb-load = La charger
wb-looked-invented = Ces données disent d'elles-mêmes qu'elles sont inventées. Ce qui en est tiré porte cette marque pour toujours.
wb-load-what = Enregistre ce qui a été montré, en entier ou pas du tout.
wb-open-assessment = Ouvrir l'évaluation
wb-about-job = À propos de cette tâche
wb-asked-at = Demandée
wb-started-at = Commencée
wb-ended-at = Terminée
wb-coverage = Ce qu'elle couvre
wb-absent-columns = Colonnes sans données
wb-absent-tables = Tables absentes :
wb-would-be-set-aside = Ce qui serait mis de côté
wb-rows-of-table =
    { $n ->
        [one] Une ligne de { $table }
       *[other] { NUMBER($n) } lignes de { $table }
    }
wb-examples = Lignes, avec fichier et numéro
wb-not-read = Non lus :
wb-waits = Ce qui vous attend
wb-waits-nothing = Rien ne vous attend pour l'instant.
wb-waits-by = avant le { $day }
wb-waits-late = { $n } au-delà du délai
wb-waits-alerts = Alertes qui attendent une décision : { $n }
wb-waits-overdue = Alertes que personne n'a tranchées à temps : { $n }
wb-waits-position = Questions sur lesquelles le syndicat n'a rien dit : { $n }
wb-waits-answer = Points du syndicat qui attendent votre réponse : { $n }
wb-waits-answered = Points du syndicat auxquels la direction n'a pas répondu : { $n }
wb-waits-committee = Objections sur lesquelles le comité mixte n'a pas décidé : { $n }
wb-waits-review = Questions dont le réexamen est échu : { $n }
wb-waits-paused = Questions suspendues : { $n }
wb-fresh-records = Les données ont été chargées le { $at }.
wb-fresh-assessment = La dernière évaluation date du { $at }.
