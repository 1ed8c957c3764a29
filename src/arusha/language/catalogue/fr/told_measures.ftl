## What is wrong with a panel, an evaluation's files, a summary or an audit of fairness, and what to do (told-do-).

told-panel-log = un résultat de 0 n'a pas de logarithme
told-panel-no-value = { $name } n'a pas de valeur
told-panel-negative = le nombre est inférieur à 0
told-panel-when = il doit dire quand la mesure a commencé
told-panel-zero-one = treated n'est ni 0 ni 1
told-panel-window = periods n'est pas écrit comme les périodes du panel
told-panel-no-row = il ne reste aucune ligne
told-panel-header-twice = la colonne { $cell } y est deux fois
told-panel-exposure = l'exposition n'est pas positive
told-panel-cluster = une unité change de grappe
told-panel-twice = la même unité et la même période y sont deux fois
told-panel-gap =
    { $kind ->
        [month] le mois
        [quarter] le trimestre
       *[other] la période
    } { $period } manque pour toutes les unités
told-panel-late = l'unité apparaît tard, en { $period }
told-panel-early = l'unité finit tôt, en { $period }
told-panel-hole = la période { $period } manque
told-panel-off = la mesure s'arrête en { $period }
told-ev-register = la ligne { $line } n'est pas une entrée d'un registre
told-no-workspace = il n'y a pas d'espace de travail
told-file-exists = le fichier existe déjà
told-pool-no-result = ce n'est pas le fichier de résultat d'une évaluation
told-pool-differ = les évaluations n'ont pas la même échelle ou le même sens favorable
told-pool-same = c'est la même évaluation
told-pool-few = { $n } estimations ne font pas une synthèse
told-threshold-none = les données ne contiennent pas de seuil { $name }
told-threshold-several = les données contiennent { $n } seuils de ce nom
told-threshold-outcome = les données ne contiennent pas de résultat { $name }
told-panel-own-floors = le plan a des planchers ou des options à lui : de deux tels panels on tirerait ce qu'un seul agent a fait
told-panel-cuts =
    la période du plan coupe { $span ->
        [quarter] un trimestre
       *[other] un mois
    } au { $day } : de deux tels panels on tirerait une partie de cette période
told-panel-ending = le nom d'un panel finit par .csv ou .parquet
told-panel-not-written = le panel ne peut pas être écrit ({ $why })
told-panel-no-period = { $period } n'est pas une période
told-panel-needs = il lui faut { $needs }
told-panel-none = elle ne donne pas de panel : elle ne compte rien par bureau et par période
told-panel-none-assignment-steering = elle ne donne pas de panel : la fréquence à laquelle un déclarant rencontre un agent n'est attendue que d'après ceux qui ont déclaré et travaillé les mêmes jours : un rapport recalculé à chaque période, où un changement commun à tous a disparu
told-panel-none-value-shortfall = elle ne donne pas de panel : une valeur n'est basse que par rapport à ce que d'autres déclarent pour les mêmes marchandises au même moment : un rapport recalculé à chaque période ; face aux prix d'un moment fixe, un panel compterait le marché mondial
told-no-question = rien ici ne pose { $question }
told-panel-no-office = aucun bureau { $office } n'est compté
told-panel-not-period = { $label } n'est pas une période
told-panel-other-period =
    { $label } n'est pas { $span ->
        [quarter] un trimestre
       *[other] un mois
    }
told-panel-base-empty =
    { $span ->
        [quarter] aucun trimestre entier
       *[other] aucun mois entier
    } ne tombe dans la référence : le panel commence en { $first }
told-panel-base-late = la référence va jusqu'à { $last }, et la mesure commence en { $start }
told-fair-unread = la liste des groupes ne peut pas être lue
told-fair-columns = la liste des groupes doit avoir une colonne `person` et de 1 à 20 autres, chacune nommée une fois
told-fair-twice = quelqu'un figure deux fois dans la liste des groupes
told-fair-long = l'audit n'a pas fini en { $seconds } secondes
told-fair-failed = le processus scellé a échoué
told-fair-unasked = { $question } ne peut pas être posée à ces données
told-fair-nobody = { $question } ne teste personne

told-do-panel-log = Prenez l'échelle rate, ou des périodes plus longues.
told-do-panel-no-value = Complétez-la d'après les données ; laissez l'unité de côté avec exclude, ou la période avec periods.
told-do-panel-negative = Corrigez la ligne. Ce qui peut descendre sous 0 n'est pas un dénombrement : retirez exposure du plan et prenez l'échelle level.
told-do-panel-when = Donnez first_treated (la première période de l'unité sous la mesure) ou treated (0 ou 1 par ligne), pas les deux.
told-do-panel-zero-one = Écrivez 0 ou 1.
told-do-panel-window = Écrivez-le comme { $like }.
told-do-panel-no-row = Vérifiez le fichier, exclude et periods.
told-do-panel-header-twice = Donnez à chaque colonne son propre nom.
told-do-panel-exposure = Prenez des périodes plus longues, ou laissez l'unité de côté.
told-do-panel-cluster = Regroupez par ce qui ne change pas.
told-do-panel-twice = Additionnez les lignes, ou corrigez le nom.
told-do-panel-gap = Ajoutez-la, ou ne gardez que les périodes d'un côté (periods).
told-do-panel-late = Laissez-la de côté (exclude), ou commencez le panel quand toutes les unités y sont (periods).
told-do-panel-early = Laissez-la de côté (exclude), ou finissez le panel là (periods).
told-do-panel-hole = Ajoutez la ligne (un compte de 0 est une valeur), ou laissez l'unité de côté (exclude).
told-do-panel-off = Finissez le panel avant (periods), laissez l'unité de côté (exclude), ou évaluez cet arrêt comme une mesure à part.
told-do-ev-register = Rétablissez le fichier d'après une copie : sans lui on ne peut dire ce qui fut enregistré et quand.
told-do-no-workspace = Nommez un dossier NAME.arusha.
told-do-file-exists = Nommez un autre fichier, ou donnez --force.
told-do-pool-no-result = Donnez le result.json de chacune.
told-do-pool-differ = Réunissez celles qui mesurent de la même façon.
told-do-pool-same = Donnez chacune une seule fois.
told-do-pool-few = Donnez deux évaluations ou plus.
told-do-threshold-file = Vérifiez data dans le plan.
told-do-thresholds-are = Ses seuils sont { $names }.
told-do-threshold-load = Chargez la table thresholds.
told-do-threshold-several = Donnez à chacun son nom, ou exportez les déclarations de l'un dans un fichier et nommez-le sous data.
told-do-threshold-outcome = Choisissez parmi { $known }.
told-do-panel-own-floors = Retirez-les, ou faites activer la question selon la charte.
told-do-panel-cuts =
    Commencez et finissez sa période au premier jour d'{ $span ->
        [quarter] un trimestre
       *[other] un mois
    }, ou retirez-la.
told-do-panel-ending = Nommez un autre fichier.
told-do-panel-not-written = Nommez avec --out un dossier qui existe et a de la place.
told-do-one-of = L'un de : { $known }.
told-do-panel-needs = Chargez des données qui en ont.
told-do-panel-give = Questions qui donnent un panel : { $known }.
told-do-did-you-mean = Vouliez-vous dire { $known } ?
told-do-write-like = Écrivez { $like }.
told-do-panel-base-empty = Nommez un jour plus tardif, ou un début plus tardif.
told-do-panel-base-late = Finissez la référence avant le premier début : une attente ne doit pas contenir ce qu'elle doit juger.
told-do-fair-unread = Donnez un CSV en UTF-8 que vous pouvez lire.
told-do-fair-columns = Écrivez person,grade,gender,... : une ligne par personne.
told-do-fair-twice = Gardez une ligne par personne.
told-do-fair-long = Donnez-lui plus de temps.
told-do-fair-failed = Assurez-vous que l'espace de travail peut être évalué.
told-do-fair-needs = Il lui faut { $needs }.
told-do-fair-nobody = Auditez-la avec plus de données.
