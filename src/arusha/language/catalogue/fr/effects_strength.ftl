## D'où vient la solidité des preuves d'une évaluation.

effects-grade-most = Ce qui a été fait peut donner { $most } au plus.
effects-grade-no-placebo = Un de moins : la période avant la mesure est trop courte pour des dates placebo.
effects-grade-parts = Un de moins : rien ne montre que la réponse tient si les tendances divergent autant qu'avant.
effects-grade-rests = Un de moins : face à la seule dernière période avant la mesure, la réponse ne serait pas donnée.
effects-grade-amended = Un de moins : un autre plan de cette évaluation a été enregistré avant.
effects-grade-displaced = Un de moins : autre chose s'est dégradé.
effects-grade-no-placebo-value = Un de moins : il n'y avait pas d'autre valeur à laquelle comparer le test.
effects-grade-placebo-jumps = Un de moins : le même test trouve un saut à une valeur où ne commence aucune règle.
effects-grade-no-mass = Un de moins : le nombre de valeurs au bord du seuil ne dit pas la même chose.
effects-grade-mass-unsure = Un de moins : le nombre de valeurs au bord du seuil dit la même chose, mais ne compte que si d'autres valeurs ne montrent pas de saut.
effects-why-all-treated = Toutes les unités sont sous la mesure : il n'en reste aucune à laquelle les comparer, et le temps est trop court pour une série seule (24 périodes avant et 12 après).
effects-why-too-few-treated = Une à trois unités sont sous la mesure. Il en faut alors une quarantaine d'autres et 8 périodes avant, ou, si toutes ont commencé ensemble, 24 périodes avant et 12 après.
effects-parted = Si les tendances s'étaient écartées de { $times } fois leur plus grand écart d'avant, l'effet moyen après le début serait entre { $low } et { $high } (face à la dernière période avant lui).
ev-parted = Effet moyen après le début, si les tendances s'étaient écartées de tant de fois leur plus grand écart d'avant (face à la dernière période avant lui)
ev-parted-times = Fois
effects-records-seen = Les résultats de ce plan ont été tirés de { $n } jeux de données différents ; ceux-ci viennent du dernier.
