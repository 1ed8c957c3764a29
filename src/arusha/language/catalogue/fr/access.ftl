# Accès aux déclarations : qualité du journal, motifs, comptes par bureau.
access = Accès aux déclarations
wb-access = Accès
access-what = Si le journal suffit, quelles consultations et quels actes les motifs convenus expliquent, et ce qui reste, par bureau
wb-access-what = Si le journal suffit, quelles consultations et quels actes les motifs convenus expliquent, et ce qui reste, par bureau
wb-errand-explain = Compter ce que les motifs expliquent
wb-errand-draw = Tirer l'échantillon du mois
wb-errand-cut = Faire un tableau demandé par le syndicat
problem-CutError = Le tableau ne peut franchir cette étape maintenant, ou pas par vous ; rien n'a été consigné.
gov-two-reason = Convenir d'un motif qui explique des consultations
wb-reason-reason-check = Contrôle d'un motif proposé
problem-TemplateError = Ce motif ne peut pas franchir cette étape maintenant, ou pas par vous, ou ne peut pas s'écrire ainsi ; rien n'a été enregistré.
problem-SampleError = L'échantillon du mois ne peut franchir cette étape maintenant, ou pas par vous ; rien n'a été consigné.
access-lead = Chaque entrée du journal par laquelle un agent a consulté une déclaration ou agi sur elle est rapprochée des motifs convenus. On compte des bureaux, jamais une personne seule.
access-neutral = « Inexpliqué » est neutre : un motif peut manquer, ou la table qu'il lit n'a pas été livrée. Cela ne dit rien de personne.
access-running = Un comptage attend ou est en cours. Rechargez cette page dans un moment.
access-job = Ouvrir la tâche
access-ended-failed = Le dernier comptage n'a pas pu être fait.
access-ended-stopped = Le dernier comptage a été arrêté.
access-ended-interrupted = Le dernier comptage a été interrompu.
access-ask-again = Demandez-le de nouveau ci-dessous.
access-others-ask = Le responsable de l'intégrité, un analyste ou le gestionnaire des données peut le demander de nouveau.
access-former = Ceci a été compté sur des données précédentes. Comptez à nouveau.
access-other-reasons = D'autres motifs sont en vigueur que lors de ce comptage. Comptez à nouveau.
access-count = Compter
access-count-again = Compter ce qu'il expliquerait
access-not-counted = Pas encore compté.
access-count-first = Pas encore compté. Commencez par le bouton ci-dessus.
access-others-first = Le responsable de l'intégrité, un analyste ou le gestionnaire des données peut demander le comptage.
access-quality = Qualité du journal
access-quality-what = Mesurée d'abord : dans un mauvais journal, un travail honnête paraît inexpliqué. Au-delà d'une limite, rien n'est compté.
access-measure = Ce qui est mesuré
access-share = Part
access-limit = Limite
access-verdict = En mots
access-at-least = au moins { $share }
access-at-most = au plus { $share }
access-no-limit = aucune
access-stops = hors limite
access-passes = dans la limite
access-measure-user = Entrées avec un utilisateur
access-measure-time = Entrées avec un jour
access-measure-clock = Entrées avec une heure
access-measure-action = Entrées avec une action
access-measure-record = Entrées qui doivent toucher un dossier et le nomment
access-measure-reason = Entrées qui doivent toucher un dossier et donnent un motif
access-measure-terminal = Entrées d'une personne qui nomment le poste de travail
access-measure-two-places = Heures où un même compte a travaillé depuis deux postes
access-measure-silent-days = Jours où un bureau a enregistré des déclarations et où le journal n'en dit rien
access-measure-before-registration = Entrées sur une déclaration plus d'un jour avant son enregistrement
access-stopped = Rien n'est compté avant que ceci soit réparé. À demander à l'informatique :
access-mend-user = Écrire le compte de l'utilisateur dans chaque entrée.
access-mend-time = Écrire le jour dans chaque entrée.
access-mend-clock = Écrire l'heure dans chaque entrée : avec des jours seuls, l'avant et l'après se confondent.
access-mend-action = Écrire dans chaque entrée ce qui a été fait.
access-mend-record = Écrire la déclaration, ou l'objet touché, dans chaque entrée qui en touche un.
access-mend-two-places = Donner à chaque personne son propre compte : trop souvent un compte a travaillé depuis deux postes en une heure.
access-mend-silent-days = Livrer les jours manquants : le journal se tait des jours où des bureaux ont enregistré des déclarations.
access-mend-before-registration = Régler les horloges : des entrées précèdent de loin les déclarations qu'elles touchent.
access-lacks = Il manque dans les données :
access-by-office = Par bureau
access-by-office-what = Entrées d'agents qui touchent une déclaration, par bureau de la déclaration. Consulter, c'est voir, imprimer ou exporter ; tout le reste est un acte.
access-looks = Consultations
access-acts = Actes
access-entries = Entrées
access-explained = Expliquées
access-unexplained = Inexpliquées
access-own = Sa propre déclaration
access-all = Tous les bureaux
access-few = moins de 10
access-withheld = non communiqué
access-withheld-what = Les comptes sont arrondis à cinq près. N'est pas communiqué ce qui représente moins de dix entrées ou dix agents, ce qui vient surtout d'un seul agent, et ce qui trahirait un tel compte par soustraction.
access-own-what = Qui touche une déclaration dont il est déclarant ou importateur est compté à part, et aucun motif ne l'explique. Pour un proche, on ne peut pas conclure : aucune table ne le dit.
access-own-cannot = On ne peut pas dire si quelqu'un a touché sa propre déclaration : dans ces données, agents et opérateurs portent des identifiants de deux sortes. Pour les proches non plus.
access-others = À côté de celles-ci, { $n } entrées touchent une déclaration et viennent d'utilisateurs absents des registres du personnel : opérateurs, représentants, autres systèmes, ou comptes dont personne ne répond.
access-others-few = Les entrées d'utilisateurs absents des registres du personnel sont moins de dix, ou de moins de dix utilisateurs.
access-counted-at = Compté le { $when }.
access-chart-looks = Consultations qu'aucun motif n'explique, par mois
access-chart-acts = Actes qu'aucun motif n'explique, par mois
access-chart-what = Part des entrées du mois avec son intervalle à 95 % ; les mois non communicables sont omis
access-chart-alternative = Parts de { $n } mois, chacune avec son intervalle. Le tableau donne les nombres.
access-share-unexplained = Part inexpliquée
access-no-chart = Pas de graphique par mois : moins de deux mois ont des comptes communicables.
access-reasons = Motifs
access-reasons-what = Proposés par une personne, convenus par un gestionnaire des données et un délégué syndical. Chacun est une donnée d'un vocabulaire fixe ; la requête qu'il représente est montrée avec lui.
access-reason = Motif
access-overlap = Une entrée peut avoir plusieurs motifs : ces nombres ne s'additionnent pas.
access-not-checked = Non vérifié. Il manque dans les données :
access-no-reason = Il n'y a pas encore de motif : tout est inexpliqué. Commencez par ceux à qui le système confie du travail.
access-add = Ajouter un motif
access-add-what = Choisissez l'espèce. Vous verrez ensuite combien d'entrées il expliquerait, avant que quiconque en convienne.
access-state-waiting = attend l'accord
access-state-in-force = en vigueur
access-state-declined = refusé
access-state-withdrawn = retiré
access-state-replaced = remplacé
access-state-unreadable = pas en vigueur : ses mots ont été effacés, ou le programme entend désormais autre chose par eux
access-unreadable = Un motif qui n'est plus lisible
access-version = version n° { $n }
access-of-looks = (consultations)
access-of-acts = (actes)
access-of-both = (consultations et actes)
access-is-examiner = Agent vérificateur de cette déclaration, du jour de la désignation { $days ->
    [one] jusqu'au lendemain
   *[other] jusqu'à { $days } jours après
 }
access-is-assigned = Désigné pour cette déclaration, d'abord ou plus tard, du jour du choix { $days ->
    [one] jusqu'au lendemain
   *[other] jusqu'à { $days } jours après
 }
access-is-assigner = A confié cette déclaration à son agent, de la veille { $days ->
    [one] jusqu'au lendemain
   *[other] jusqu'à { $days } jours après
 }
access-is-inspector = A dressé un acte de contrôle de cette déclaration, { $days ->
    [one] à un jour près
   *[other] à { $days } jours près
 }
access-is-posted = Affecté ce jour-là au bureau de la déclaration comme { $role }
access-is-duty = En service enregistré d'avance par quelqu'un d'autre ({ $duty }), affecté ce jour-là au bureau de la déclaration
access-is-answer = { $hours ->
    [one] Dans l'heure
   *[other] Dans les { $hours } heures
 } qui suit l'entrée « { $action } » d'une autre personne sur la même déclaration
access-is-order = L'ordre { $reference } couvre { $traders }, pour les agents de l'unité { $unit }, du { $since } jusqu'avant le { $until }
access-is-order-counted = L'ordre { $reference } couvre { $n ->
    [one] un opérateur
   *[other] { $n } opérateurs
 }, pour les agents de l'unité { $unit }, du { $since } jusqu'avant le { $until }
access-role-chief = chef
access-role-supervisor = superviseur
access-duty-acting-for = intérim de quelqu'un
access-duty-specialist-desk = guichet spécialisé
access-duty-training = formation
access-kind-examiner = Agent vérificateur de cette déclaration
access-kind-examiner-what = L'utilisateur est l'agent qui a traité la déclaration.
access-kind-assigned = Désigné pour cette déclaration
access-kind-assigned-what = L'utilisateur a été choisi pour la déclaration, par le système ou par quelqu'un.
access-kind-assigner = A confié cette déclaration à son agent
access-kind-assigner-what = L'utilisateur a fait un choix pour la déclaration, et l'a consultée pour cela.
access-kind-inspector = A dressé un acte de contrôle
access-kind-inspector-what = L'utilisateur a signé un acte de contrôle de la déclaration.
access-kind-posted = Chef ou superviseur du bureau de la déclaration
access-kind-posted-what = L'utilisateur était affecté à ce bureau ce jour-là. Être vérificateur du bureau n'est pas un motif à soi seul.
access-kind-duty = En service enregistré
access-kind-duty-what = Par exemple un intérim. Il ne compte que s'il a été enregistré avant l'entrée, et pas par l'agent.
access-kind-answer = Réponse à l'entrée d'une autre personne
access-kind-answer-what = Par exemple une demande à laquelle on a répondu, ou une rectification que l'on a regardée.
access-kind-order = Couvert par un ordre
access-kind-order-what = Par exemple un ordre d'audit pour un opérateur. Seulement pour les agents de l'unité qui l'exécute.
access-reads = Lit
access-applies = Ce qu'il explique
access-applies-looks = Consultations : voir, imprimer, exporter
access-applies-acts = Actes : tout le reste
access-applies-both = Consultations et actes
access-field-days = Jours
access-field-hours = Heures
access-field-role = Affecté comme
access-field-duty = Service
access-field-action = L'action de l'autre entrée, comme l'écrit le journal
access-field-reference = Numéro de l'ordre
access-field-unit = Unité des agents, comme l'écrit le registre du personnel
access-field-traders = Opérateurs, comme les écrivent ces données
access-field-from = À partir du
access-field-until = Jusqu'avant le
access-hint-number = Un nombre entier de 1 à { $most }.
access-hint-action = Lettres, chiffres, points, tirets et barres ; 40 au plus.
access-hint-code = Lettres, chiffres, points, tirets et barres ; 40 au plus. Aucun nom.
access-hint-codes = Un à dix codes, séparés par des espaces. Aucun nom.
access-hint-day = Un jour comme 2026-01-31.
access-wrong-days = écrivez un nombre entier dans les bornes
access-wrong-hours = écrivez un nombre entier dans les bornes
access-wrong-role = choisissez dans la liste
access-wrong-duty = choisissez dans la liste
access-wrong-action = écrivez seulement le code
access-wrong-code = écrivez seulement le code
access-wrong-codes = écrivez un à dix codes
access-wrong-day = écrivez un jour comme 2026-01-31, le second après le premier
access-propose = Proposer
access-propose-what = Il est enregistré que vous l'avez proposé. Il n'explique rien avant que deux autres personnes en conviennent.
access-proposed-by = Proposé par { $who }, { $when }.
access-would = Ce qu'il expliquerait
access-all-entries = Entrées d'agents qui touchent une déclaration
access-explains-alone = Expliquées par ce motif seul
access-explains-beyond = Expliquées par aucun de ceux en vigueur, et par celui-ci
access-left-before = Inexpliquées par les motifs en vigueur
access-left-after = Inexpliquées avec ce motif aussi
access-sample = Entrées tirées pour le contrôler
access-sample-what = { $n ->
    [one] Une entrée
   *[other] { $n } entrées
 } de celles qu'il expliquerait, tirées au hasard par l'empreinte du motif lui-même : personne ne peut tirer à nouveau jusqu'à ce que le tirage plaise.
access-sample-found = Du tirage, { $holds } tiennent, { $fails } ne tiennent pas, pour { $unclear } on ne peut pas conclure. Contrôlé par
access-sample-unchecked = Aucun gestionnaire n'a encore contrôlé le tirage.
access-sample-open = Ouvrir le tirage
access-sample-not-yours = Le tirage est ouvert par un gestionnaire ou un analyste, pour une raison enregistrée. Qui parle pour le personnel voit les comptes et le résultat du contrôle, et aucune entrée.
access-sample-none = Rien n'a été tiré : il explique moins de dix entrées, ou celles de moins de dix agents.
access-sample-drawn = { $n ->
    [one] Une entrée
   *[other] { $n } entrées
 }, tirage fait avec la graine
access-sample-numbered = Agents et déclarations sont numérotés pour ce seul tirage ; les numéros ne mènent nulle part ailleurs.
access-user = Agent
access-declaration = Déclaration
access-action = Entrée
access-day = Jour (UTC)
access-gap = Depuis que le motif court
access-hours-after = { $n ->
    [one] { $n } heure après
   *[other] { $n } heures après
 }
access-hours-before = { $n ->
    [one] { $n } heure avant
   *[other] { $n } heures avant
 }
access-check = Ce que vous avez trouvé
access-check-what = Combien des { $n } le motif explique-t-il à juste titre ? Les trois nombres font { $n } ensemble.
access-check-holds = Il tient
access-check-fails = Il ne tient pas
access-check-unclear = On ne peut pas conclure
access-check-record = Enregistrer
access-purpose = Pourquoi ouvrez-vous ce tirage ?
access-purpose-what = Votre réponse est inscrite au registre avant que le tirage s'ouvre, pour une demi-heure. L'auditeur la lit.
access-agreement = Accord
access-agreement-what = Un gestionnaire des données et un délégué syndical en conviennent, deux personnes qui ne l'ont pas proposé. D'ici là il n'explique rien.
access-as-steward = Comme gestionnaire des données
access-as-union = Comme délégué syndical
access-not-yet = pas encore
access-another = Une autre personne en convient que celle qui l'a proposé ou a donné l'autre moitié.
access-approve = En convenir comme gestionnaire des données
access-agree = En convenir comme délégué syndical
access-why-waiting = Pourquoi il est refusé
access-why-in-force = Pourquoi il est retiré
access-end-waiting = Refuser
access-end-in-force = Retirer
access-meaning = Ce qu'il veut dire exactement
access-statement = La requête que le programme exécute
access-digest = Empreinte de ce dont on convient :
access-new-version = Proposer une autre version
access-versions = Toutes les versions
access-months = Échantillons mensuels
access-months-card = Chaque mois, quelques entrées qu'aucun motif n'explique sont tirées pour que des personnes les regardent, et les agents peuvent être interrogés à leur sujet.
access-months-what = Jusqu'à { $n } entrées d'un mois qu'aucun motif convenu n'explique. La graine est d'abord annoncée dans le registre : le mois, les enregistrements et les motifs en vigueur la déterminent, et un mois est tiré une seule fois. Personne ne peut tirer à nouveau jusqu'à ce qu'un échantillon plaise.
access-month = Mois
access-month-drawn = Tirées
access-month-asked = Questions posées
access-month-answered = Réponses
access-month-late = Sans réponse au jour dit
access-month-ended = Examinées jusqu'au bout
access-month-seed = Graine
access-month-by = annoncée par
access-month-announced = annoncé ; le tirage attend ou est en cours
access-month-undrawn = annoncé, et pas encore tiré
access-month-draw = Tirer ce qui a été annoncé
access-no-month = Aucun mois n'a encore été annoncé.
access-month-limits = Un agent lit la question sur sa propre page. Qui n'a pas cette page n'est pas atteint, et personne n'apprend qui en a une. L'absence de réponse ne dit rien de personne.
access-announce = Annoncer un tirage
access-announce-hint = Un mois écoulé, comme 2026-03.
access-month-of = Échantillon de { $month }
access-month-what = Cette page ne dit pas de qui est une entrée, et personne n'apprend qui a été interrogé. Un agent interrogé a { $days } jours ; d'ici là, une entrée n'est pas close.
access-wording = Le texte, le même pour tous
access-entry = Entrée { $n }
access-asked-at = L'agent a été interrogé, { $when } ; réponse au plus tard le { $day }.
access-answer-late = Aucune réponse au jour dit. Cela est neutre.
access-row-own = Cette entrée est la vôtre : un autre gestionnaire des données la regarde.
access-ask = Interroger l'agent
access-ask-n = Interroger l'agent de l'entrée { $n }
access-close = Consigner
access-close-n = Dire ce qui a été trouvé de l'entrée { $n }
access-found = Ce qui a été trouvé
access-end-of-accepted = Un motif a été donné et accepté
access-end-of-no-reason = Aucun motif trouvé ; rien ne s'ensuit
access-end-of-system = Le journal ou un motif est à corriger
access-end-of-auditor = À examiner par l'auditeur
access-month-none = Rien de ce mois n'était inexpliqué.
asked = Questions sur des entrées du journal
asked-what = Les entrées d'un mois qu'aucun motif consigné n'explique sont tirées au sort, et leur auteur est interrogé. Être interrogé ne dit rien de vous. Votre réponse est lue sans votre nom. Vous pouvez ne pas répondre ; rien ne s'ensuit de cela seul.
asked-question = Le journal contient cette entrée sous votre compte, et aucun motif consigné ne l'explique. À quoi servait-elle ?
asked-entry = { $month }, entrée { $n }
asked-late = Le jour est passé ; vous pouvez encore répondre.
asked-yours = Votre réponse
asked-reason = Le motif
asked-answer-assigned = On me l'avait confié
asked-answer-asked = Un collègue ou un chef me l'a demandé
asked-answer-query = Pour répondre à une demande
asked-answer-mistake = Je l'ai ouvert par erreur
asked-answer-other = Un autre motif, dans mes mots
asked-answer-not-me = Ce n'était pas moi
asked-answer-not-known = Je ne m'en souviens pas
asked-words = Dans vos mots (sans nom d'autrui)
asked-send = Envoyer la réponse
asked-nothing = Aucune question ne vous a été posée.
