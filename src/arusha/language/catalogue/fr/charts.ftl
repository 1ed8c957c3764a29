# Mots fixes des graphiques : légende, notes des axes, colonnes des tableaux.

chart-no-value = aucune
chart-interval = de { $low } à { $high }
chart-flagged = Inhabituel : sort de l'attendu
chart-explained = Sortait de l'attendu, expliqué par les données
chart-within = Dans la dispersion attendue
chart-within-grid = Dans la dispersion attendue (plus le point est grand, plus il y en a)
chart-limit-95 = Limite à { $level } (dispersion attendue)
chart-limit-998 = Limite à { $level }
chart-limit-wide = Limite à { $level }, compte tenu des différences ordinaires entre unités
chart-zero-zone = Gris : en dessous de { $n }, même zéro n'est pas anormalement bas
chart-position-not-rank = Une position dans ce graphique n'est pas un rang. Les limites servent au dessin ; le mot donné à chaque unité vient de son propre test, dans le tableau.
chart-beyond-edge =
    { $n ->
        [one] Une marque fondée sur peu de données est au-dessus de l'image et dessinée à son bord.
       *[other] { $n } marques fondées sur peu de données sont au-dessus de l'image et dessinées à son bord.
    }
chart-funnel-alternative =
    Nuage de points : { $units }. En abscisse : { $x }. En ordonnée : { $y }. Les limites courbes se resserrent quand l'exposition augmente.
    { $flagged ->
        [0] Rien ne sort de l'attendu.
        [one] Un point sort de l'attendu ; il figure dans le tableau de cette question.
       *[other] { $flagged } points sortent de l'attendu ; ils figurent dans le tableau de cette question.
    }
    { $explained ->
        [0] { "" }
        [one] Un autre sortait de l'attendu et les données l'expliquent.
       *[other] { $explained } autres sortaient de l'attendu et les données les expliquent.
    }
chart-column-units = Unités
chart-column-middle = Valeur du milieu
chart-column-middle-95 = { $share } des unités, au milieu
chart-column-flagged = Inhabituel
chart-column-explained = Expliqué
chart-column-raw = Avant rétrécissement
chart-column-shrunken = Après rétrécissement
chart-column-interval = Intervalle
chart-column-observed = Observé
chart-column-expected = Attendu
chart-column-ratio = Observé / attendu
chart-column-office = Bureau
chart-column-n = Déclarations
chart-column-rate = Taux observé
chart-column-lane-from = Circuit attribué
chart-column-lane-to = Circuit à la mainlevée
chart-column-outcome = Résultat
chart-column-share = Part du total

chart-shrunken = Estimation après rétrécissement, avec son intervalle
chart-raw = Avant rétrécissement
chart-band = Bande grise : { $share } des { $n } autres unités, au milieu
chart-caterpillar-note = Les unités sont dans un ordre neutre. C'est un test qui décide de ce qui est inhabituel, non le fait qu'un intervalle contienne l'attendu. Le rétrécissement rapproche de la moyenne les unités qui ont peu de données : près d'elle, peu de données veut dire « on ne peut pas conclure », pas « tout va bien ».
chart-caterpillar-alternative =
    { $n ->
        [one] Une unité, une ligne. En abscisse : { $x }.
       *[other] { $n } unités, une ligne chacune, dans un ordre neutre. En abscisse : { $x }.
    } Intervalles qui contiennent { $benchmark } : { $touching }. Hors de l'attendu : { $flagged }.

chart-matrix-corner = De haut en bas : { $rows }. En largeur : { $columns }.
chart-matrix-flagged = Cadre épais : inhabituel. Cadre fin : sortait de l'attendu, expliqué par les données
chart-matrix-reading = Chaque case : observé / attendu. Vide : moins de 1 attendu, trop peu pour en dire quelque chose. Un point : non testé.
chart-matrix-cell = { $observed } / { $expected }
chart-matrix-note = Les agents et les déclarants sont dans un ordre neutre. Les intervalles figurent avec les chiffres de ce graphique.
chart-matrix-alternative =
    Grille ({ $rows } en lignes, { $columns } en colonnes) : { $n } paires testées, chacune avec l'observé divisé par l'attendu.
    Paires à une fois et demie l'attendu ou plus : { $over }. Hors de l'attendu : { $flagged }.

chart-rate-seen = Taux observé, avec son intervalle
chart-rates-alternative =
    { $n } taux avec leurs intervalles. En abscisse : { $x }. Intervalles qui contiennent la référence ({ $parameter }) : { $inside }. Hors de l'attendu : { $flagged }.
chart-rates-alone-alternative = { $n } taux avec leurs intervalles. En abscisse : { $x }. Hors de l'attendu : { $flagged }.
chart-rates-floor-alternative = { $n } taux avec leurs intervalles. En abscisse : { $x }. Intervalles entièrement au-dessous de la référence ({ $parameter }) : { $below }. Hors de l'attendu : { $flagged }.
chart-rates-left-out = { $n } autres taux sont dans les tableaux des graphiques de cette question, dossier « tables ».

chart-alluvial-from = Circuit attribué
chart-alluvial-to = Circuit à la mainlevée
chart-alluvial-outcome = Résultat
chart-alluvial-other = Autres flux, plus petits
chart-alluvial-alternative = { $n } déclarations vont du circuit attribué au circuit à la mainlevée, puis au résultat. Le plus grand flux est { $largest }, soit { $share } du total.
chart-alluvial-note = Les flux de moins de { $least } déclarations sont regroupés.
chart-concentration-seen = Part de la taxe de toutes les marchandises comparées, avec son intervalle
chart-concentration-alternative = { $y }. Les premières ({ $first }) : { $share }. Toutes ({ $all }) : { $whole }. Points avec intervalles entre les deux.
chart-concentration-note = Les unités sont mises en ordre par une moitié des semaines et comptées par l'autre : le bruit n'ajoute rien. Personne n'est nommé. Une part négative veut dire des prix au-dessus de ceux des marchandises semblables.

chart-calendar-gap = Encadré : aucune déclaration, alors que le bureau en a avant et après
chart-calendar-note = Teinte : jusqu'à la moitié du mois médian du bureau, jusqu'à une fois et demie, au-delà. Un point : avant son premier ou après son dernier mois. Le premier et le dernier mois peuvent être coupés par la période.
chart-calendar-thousands = Les chiffres sont en milliers.
chart-calendar-alternative = Déclarations de { $rows } bureaux en { $columns } mois. Mois sans déclaration entre le premier et le dernier mois d'un bureau : { $gaps }.

chart-shares-seen = Part avec son intervalle
chart-shares-expected = Attendu d'après les précédents
chart-shares-out = Inhabituel : au-dessus de l'attendu
chart-shares-alternative = { $n } parts dans l'ordre du temps, chacune avec son intervalle. Vers le haut : { $value }. Au-dessus de l'attendu : { $out }. Trop peu de précédents pour attendre quoi que ce soit : { $unknown }.
chart-shares-left-out = Les plus anciennes figurent seulement dans le tableau : { $n }.

chart-study-treated = Unités sous la mesure
chart-study-others = Autres unités
chart-study-start = Trait vertical : la mesure commence
chart-study-announced = Ligne verticale pointillée : elle a été annoncée
chart-study-effect = Effet, avec une bande qui vaut pour tous à la fois
chart-study-reference = Dernière période avant : 0 par construction
chart-study-other = Une unité non traitée
chart-study-diamond = Losange : les unités sous la mesure ensemble
chart-study-note = Chaque point est une différence avec la dernière période avant le début : ceux d'avant montrent si les unités évoluaient de même ; s'ils passent, cela prouve peu, car de tels tests voient rarement les dérives lentes.
chart-study-note-all = Chaque point est une différence avec la moyenne de toutes les périodes avant le début : ceux d'avant montrent si les unités évoluaient de même ; s'ils passent, cela prouve peu, car de tels tests voient rarement les dérives lentes.
chart-study-means-alternative = { $y } en { $n } périodes, de { $first } à { $last } : moyennes des unités sous la mesure (trait épais) et des autres unités (tirets).
chart-study-effects-alternative = Effets selon { $n } périodes depuis le début. Bandes qui excluent 0 : { $before } avant le début, { $after } sur { $since } à partir du début.
chart-study-spread-alternative = Variations de { $n } unités non traitées à côté de celle des unités sous la mesure, { $treated } ; { $beyond } sont aussi loin de 0.
chart-threshold-line = Trait vertical : le seuil
chart-threshold-within = Plein : côté avantageux
chart-threshold-beyond = Contour : au-delà
chart-threshold-placebo = Ligne verticale pointillée : aucune règle ne commence ici
chart-threshold-side = Côté
chart-threshold-alternative = { $n } valeurs déclarées en { $bins } classes autour du seuil { $at } : { $within } dans la dernière classe du côté avantageux, { $beyond } dans la première au-delà.
chart-timeline-rows = Enregistrements
chart-timeline-towards = Vont dans ce sens
chart-timeline-away = Vont dans l'autre sens
chart-timeline-neither = Ne comptent dans aucun sens
chart-timeline-month = Mois
chart-timeline-alternative = Enregistrements de { $n } mois. Dans ce sens : { $towards }. Dans l'autre sens : { $away }. Dans aucun sens : { $neither }.
chart-timeline-left-out = Les mois antérieurs ne figurent que dans le tableau : { $n }.
